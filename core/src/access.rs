//! Who may see and do what: the only gate (rules A1 to A9).
//!
//! A pure table of role × visibility × operation. The server asks it before it
//! stores, the browser asks the same function before it offers a button. It
//! judges intents; the fold, which takes facts, never refuses.

mod adopters;
pub(crate) mod discussing;
mod fit;

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

pub use discussing::{
    may_answer, may_begin_thread, may_moderate, may_post, may_rename_thread, may_settle_thread,
};
pub use fit::FitError;

use crate::change::{Change, Op, SCHEMA_VERSION};
use crate::codec::DecodeError;
use crate::id::{AccountId, RecordId};
use crate::record::{Record, TextFitError};
use crate::schema::Kind;
use crate::text::{Policy, TEXT_SCHEMA_VERSION};

/// What an account is in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Nobody in particular: reads what is published.
    #[n(0)]
    Anyone,
    /// Signed in, reads; writes nothing.
    #[n(1)]
    Reader,
    /// Writes in the projects it belongs to and in what belongs to no project.
    #[n(2)]
    Member,
    /// Writes everywhere.
    #[n(3)]
    Coordinator,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Caller {
    /// Absent for somebody who has not signed in.
    #[n(0)]
    pub account: Option<AccountId>,
    #[n(1)]
    pub role: Role,
    /// The projects this account belongs to.
    #[n(2)]
    pub projects: BTreeSet<RecordId>,
}

/// Why a change may not enter. Nothing of it was stored; its maker keeps it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the change does not decode")]
    Malformed,
    #[error("the change is larger than allowed")]
    TooLarge,
    #[error("the signature does not fit")]
    Signature,
    #[error("the device is not this account's")]
    ForeignReplica,
    #[error("the change names another author")]
    ForeignAuthor,
    #[error("another change already has this identity")]
    IdentityTaken,
    #[error("the change was made with schema {schema}, newer than this program knows")]
    Newer { schema: u16 },
    #[error("the account may not do this here")]
    NotAllowed,
    #[error("the record does not exist")]
    UnknownRecord,
    #[error("the record exists already")]
    RecordExists,
    #[error("its maker has taken the change back")]
    Withdrawn,
    #[error("the change builds on one that has not come")]
    MissingEarlier { previous: u64 },
    #[error(transparent)]
    Fit(#[from] FitError),
    #[error(transparent)]
    Text(#[from] TextFitError),
}

impl Refusal {
    /// The stable code that travels and that the screen explains.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Signature => "signature",
            Self::ForeignReplica => "foreign_device",
            Self::ForeignAuthor => "foreign_author",
            Self::IdentityTaken => "identity_taken",
            Self::Newer { .. } => "newer_content",
            Self::NotAllowed => "not_allowed",
            Self::UnknownRecord => "unknown_record",
            Self::RecordExists => "record_exists",
            Self::Withdrawn => "withdrawn",
            Self::MissingEarlier { .. } => "missing_earlier",
            Self::Fit(FitError::Text { cause }) => cause.code(),
            Self::Fit(_) => "does_not_fit",
            Self::Text(TextFitError::Taken { .. }) => "text_client_taken",
            Self::Text(TextFitError::Gap { .. }) => "text_gap",
        }
    }
}

/// Says whether a code is that of a change which builds on something that is not there.
pub fn builds_on_missing(code: &str) -> bool {
    ["missing_earlier", "unknown_record", "text_gap"].contains(&code)
}

impl From<DecodeError> for Refusal {
    fn from(cause: DecodeError) -> Self {
        match cause {
            DecodeError::TooLarge { .. } => Self::TooLarge,
            DecodeError::Newer { .. }
            | DecodeError::Empty
            | DecodeError::Malformed
            | DecodeError::Trailing { .. } => Self::Malformed,
        }
    }
}

/// What somebody wants to do with a record, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deal {
    See,
    Edit,
    Publish,
    Trash,
}

/// Says whether a caller may do something with a record (rules A1 to A5).
pub fn may(caller: &Caller, record: &Record, deal: Deal) -> bool {
    let Some(kind) = record.kind else { return false };
    if kind == Kind::Notebook {
        let is_deal = matches!(deal, Deal::See | Deal::Edit);
        return is_deal && discussing::is_own_notebook(caller, record.id);
    }
    if kind == Kind::Thread {
        return discussing::may(caller, record, deal);
    }
    match (caller.role, deal) {
        (Role::Coordinator, _) => true,
        (Role::Anyone, Deal::See) => is_open(record),
        (Role::Reader, Deal::See) => is_open(record) || is_near(caller, record),
        (Role::Member, Deal::See) => is_open(record) || is_near(caller, record),
        (Role::Member, Deal::Edit | Deal::Publish | Deal::Trash) => {
            may_edit_in(caller, kind, record.project())
                && (deal == Deal::Edit || kind != Kind::Project)
        }
        (Role::Anyone | Role::Reader, Deal::Edit | Deal::Publish | Deal::Trash) => false,
    }
}

/// Says whether a caller may edit a record of a kind that belongs to a project, or to none.
pub fn may_edit_in(caller: &Caller, kind: Kind, project: Option<RecordId>) -> bool {
    match caller.role {
        Role::Coordinator => true,
        Role::Member => may_write(caller, kind, project),
        Role::Anyone | Role::Reader => false,
    }
}

/// Says whether a choice is for a caller to settle: one about a project's own entry (`about`) is
/// for its members, and for coordinators, but not for others who may edit the record (rule G23).
pub fn is_asked(
    caller: &Caller,
    kind: Kind,
    project: Option<RecordId>,
    about: Option<RecordId>,
) -> bool {
    match (about, caller.role) {
        (Some(about), Role::Member) => caller.projects.contains(&about),
        (None, _) | (Some(_), Role::Anyone | Role::Reader | Role::Coordinator) => {
            may_edit_in(caller, kind, project)
        }
    }
}

/// Says whether a caller may start a record of a kind in a project (rule A6).
pub fn may_create(caller: &Caller, kind: Kind, project: Option<RecordId>) -> bool {
    match caller.role {
        Role::Coordinator => true,
        Role::Member => kind != Kind::Project && may_write(caller, kind, project),
        Role::Anyone | Role::Reader => false,
    }
}

/// Judges whether a change may enter, given what is known of its record.
///
/// # Errors
///
/// Returns the first rule broken, in the order [`Refusal`] lists them.
pub fn admit(caller: &Caller, known: Option<&Record>, change: &Change) -> Result<(), Refusal> {
    admit_onto(caller, known, change, &Policy::UPDATE).map(drop)
}

/// Judges as [`admit`] does, with texts under another policy, and gives the record as it is with
/// the change.
pub fn admit_onto(
    caller: &Caller,
    known: Option<&Record>,
    change: &Change,
    texts: &Policy,
) -> Result<Record, Refusal> {
    if caller.account != Some(change.author) {
        return Err(Refusal::ForeignAuthor);
    }
    if change.schema > SCHEMA_VERSION {
        return Err(Refusal::Newer { schema: change.schema });
    }
    check_text_schema(change)?;
    let empty = Record::new(change.record);
    let before = known.unwrap_or(&empty);
    check_existence(before, change)?;
    // A number that goes back would be known or new depending on the order of arrival.
    let turns_back = change.id.counter <= change.previous;
    if turns_back || before.previous(change.id.replica) != change.previous {
        return Err(Refusal::MissingEarlier { previous: change.previous });
    }
    let mut after = before.clone();
    fit::check_ops(before, change, texts)?;
    after.apply(change);
    check_rights(caller, before, &after, change)?;
    Ok(after)
}

/// Judges a change that happened elsewhere and came without the server (rule J9).
///
/// Asks only what is true of it wherever it comes, and in whatever order: a form that its kind
/// does not have, a text that does not scan or that writes in another device's name. What it
/// builds on may come later, and rights are asked when it comes to the server.
pub fn check_fact(known: Option<&Record>, change: &Change) -> Result<(), Refusal> {
    if change.schema > SCHEMA_VERSION {
        return Err(Refusal::Newer { schema: change.schema });
    }
    check_text_schema(change)?;
    if change.id.counter <= change.previous {
        return Err(Refusal::MissingEarlier { previous: change.previous });
    }
    fit::check_fact(known, change)
}

/// A text schema that nobody knows yet would lock the record for editing, for everybody and for
/// good; what it could name is unknown to the scan as well.
fn check_text_schema(change: &Change) -> Result<(), Refusal> {
    change.ops.iter().try_for_each(|op| match op {
        Op::Text { schema, .. } | Op::Receive { schema, .. } | Op::Accept { schema, .. }
            if *schema > TEXT_SCHEMA_VERSION =>
        {
            Err(Refusal::Newer { schema: *schema })
        }
        Op::Text { .. }
        | Op::Receive { .. }
        | Op::Accept { .. }
        | Op::Create { .. }
        | Op::SetField { .. }
        | Op::AddToSet { .. }
        | Op::RemoveFromSet { .. }
        | Op::PutItem { .. }
        | Op::PlaceItem { .. }
        | Op::RemoveItem { .. }
        | Op::Publish { .. }
        | Op::Trash { .. }
        | Op::Discuss { .. }
        | Op::Note { .. } => Ok(()),
    })
}

fn check_existence(before: &Record, change: &Change) -> Result<(), Refusal> {
    let creates = matches!(change.ops.first(), Some(Op::Create { .. }));
    match (before.kind.is_some(), creates) {
        // Two devices of an account that have not met both begin its notebook.
        (true, true) if before.kind == Some(Kind::Notebook) => Ok(()),
        (true, true) => Err(Refusal::RecordExists),
        (false, false) => Err(Refusal::UnknownRecord),
        (true, false) | (false, true) => Ok(()),
    }
}

/// A member moving a record needs the right on both sides, so both states are asked.
fn check_rights(
    caller: &Caller,
    before: &Record,
    after: &Record,
    change: &Change,
) -> Result<(), Refusal> {
    let allowed = change.ops.iter().all(|op| match op {
        Op::Create { kind: Kind::Notebook } | Op::Note { .. } => {
            discussing::is_own_notebook(caller, after.id)
        }
        Op::Create { kind: Kind::Thread } => {
            may_begin_thread(caller, discussing::is_wide(after), after.project())
        }
        Op::Create { kind } => may_create(caller, *kind, after.project()),
        Op::Discuss { deed } => {
            // Its first post comes with a thread, in the circle that it is given there.
            let thread = if before.kind.is_none() { after } else { before };
            discussing::may_discuss(caller, thread, deed)
        }
        Op::Publish { .. } => {
            let begins = before.kind.is_none() && after.kind != Some(Kind::Thread);
            begins || may(caller, before, Deal::Publish)
        }
        Op::Trash { .. } => before.kind.is_none() || may(caller, before, Deal::Trash),
        Op::PutItem { field, item, .. }
        | Op::PlaceItem { field, item, .. }
        | Op::RemoveItem { field, item, .. } => {
            may_edit(caller, before, after)
                || adopters::may_write(caller, before, after, *field, *item)
        }
        Op::SetField { .. }
        | Op::AddToSet { .. }
        | Op::RemoveFromSet { .. }
        | Op::Text { .. }
        | Op::Receive { .. }
        | Op::Accept { .. } => may_edit(caller, before, after),
    });
    if allowed { Ok(()) } else { Err(Refusal::NotAllowed) }
}

fn may_edit(caller: &Caller, before: &Record, after: &Record) -> bool {
    let before_allows = before.kind.is_none() || may(caller, before, Deal::Edit);
    before_allows && may(caller, after, Deal::Edit)
}

fn is_open(record: &Record) -> bool {
    record.is_published() && !record.is_trashed()
}

/// Says whether a record is within a member's or reader's own circle.
fn is_near(caller: &Caller, record: &Record) -> bool {
    record.project().is_none_or(|project| caller.projects.contains(&project))
}

fn may_write(caller: &Caller, kind: Kind, project: Option<RecordId>) -> bool {
    match (kind, project) {
        (Kind::Programme | Kind::Notebook, _) => false,
        (Kind::Organisation, _) => true,
        (Kind::Project | Kind::Document | Kind::Practice | Kind::Thread, Some(project)) => {
            caller.projects.contains(&project)
        }
        (Kind::Thread, None) => true,
        (Kind::Document | Kind::Practice, None) => true,
        (Kind::Project, None) => false,
    }
}
