//! Who may say what in a thread, and who keeps it in order.
//!
//! A thread stands on its own fields: its circle is the workspace or its project, whatever
//! becomes of the thing that it is about, so that one record decides ([`crate::thread::Start`]
//! takes the circle over from the thing). A notebook is its account's alone, coordinators or not.

use super::{Caller, Deal, Role};
use crate::change::Discuss;
use crate::id::{AccountId, RecordId};
use crate::record::Record;
use crate::schema::thread_field;
use crate::value::Value;

/// The circle of a thread that every account of the workspace sees.
pub(crate) const WORKSPACE: &str = "workspace";

/// Says whether a caller may do something with a thread (rules DI8, DI9, DI40).
pub(super) fn may(caller: &Caller, thread: &Record, deal: Deal) -> bool {
    match (caller.role, deal) {
        // Nobody publishes what people say to each other (rule DI40).
        (_, Deal::Publish) => false,
        (Role::Coordinator, _) => true,
        (Role::Reader | Role::Member, Deal::See) => is_near(caller, thread),
        (Role::Member, Deal::Edit) => {
            may(caller, thread, Deal::See)
                && (keeps_or_asked(caller, thread) || is_in_margin_of_all(thread))
        }
        (Role::Member, Deal::Trash) => {
            may(caller, thread, Deal::See) && keeps_or_asked(caller, thread)
        }
        (Role::Anyone, Deal::See) | (Role::Anyone | Role::Reader, Deal::Edit | Deal::Trash) => {
            false
        }
    }
}

/// Says whether a caller may begin a thread for a circle: members do, with everybody (`wide`) or
/// within a project of theirs.
pub fn may_begin_thread(caller: &Caller, wide: bool, project: Option<RecordId>) -> bool {
    match caller.role {
        Role::Coordinator => true,
        Role::Member => wide || project.is_none_or(|it| caller.projects.contains(&it)),
        Role::Anyone | Role::Reader => false,
    }
}

/// Says whether a caller may post and react in a thread: members who see it.
pub fn may_post(caller: &Caller, thread: &Record) -> bool {
    caller.role >= Role::Member && super::may(caller, thread, Deal::See)
}

/// Says whether a caller keeps a thread in order: retracts posts of others, with a mark.
pub fn may_moderate(caller: &Caller, thread: &Record) -> bool {
    caller.role == Role::Coordinator || (caller.role == Role::Member && is_keeper(caller, thread))
}

/// Says whether a caller may say which post answers: who asked, and who keeps it in order.
pub fn may_answer(caller: &Caller, thread: &Record) -> bool {
    may_post(caller, thread) && (is_asker(caller, thread) || may_moderate(caller, thread))
}

/// Says whether a caller is offered to give a thread another subject: who asked, and who keeps it in
/// order. What stands in a margin is called what its passage says, so nobody is, although the gate
/// lets them.
pub fn may_rename_thread(caller: &Caller, thread: &Record) -> bool {
    super::may(caller, thread, Deal::Edit) && thread.field(thread_field::PLACE).is_none()
}

/// Says whether a caller settles choices about a thread: who asked, and who keeps it in order.
pub fn may_settle_thread(caller: &Caller, project: Option<RecordId>, asker: AccountId) -> bool {
    let keeps = || project.is_some_and(|project| caller.projects.contains(&project));
    match caller.role {
        Role::Coordinator => true,
        Role::Member => keeps() || caller.account == Some(asker),
        Role::Anyone | Role::Reader => false,
    }
}

/// Judges one thing that somebody does in a thread.
///
/// A post that has not come here is nobody's to judge: whose word counts is asked again when it
/// is read ([`crate::thread`]).
pub(super) fn may_discuss(caller: &Caller, thread: &Record, deed: &Discuss) -> bool {
    let is_own = |post| {
        let posts = thread.discussion.as_ref().map(|discussion| &discussion.posts);
        let posted = posts.and_then(|posts| posts.get(&post)?.posted.as_ref());
        posted.is_none_or(|posted| Some(posted.author) == caller.account)
    };
    may_post(caller, thread)
        && match deed {
            Discuss::Post { .. } | Discuss::React { .. } => true,
            Discuss::Edit { post, .. } => is_own(*post),
            Discuss::Retract { standing, .. } if standing.moderated => may_moderate(caller, thread),
            Discuss::Retract { post, .. } => is_own(*post),
            Discuss::Answer { .. } => may_answer(caller, thread),
        }
}

/// Says whether a record is the caller's own notebook (rule DI13).
pub(super) fn is_own_notebook(caller: &Caller, record: RecordId) -> bool {
    caller.account.is_some_and(|account| RecordId::notebook_of(account) == record)
}

/// Says whether every account sees a thread: it says so, or it belongs to no project.
pub(crate) fn is_wide(thread: &Record) -> bool {
    let circle = thread.field(thread_field::CIRCLE).and_then(|field| field.value());
    circle.and_then(Value::as_text) == Some(WORKSPACE) || thread.project().is_none()
}

fn is_near(caller: &Caller, thread: &Record) -> bool {
    is_wide(thread) || super::is_near(caller, thread)
}

fn is_keeper(caller: &Caller, thread: &Record) -> bool {
    thread.project().is_some_and(|project| caller.projects.contains(&project))
}

fn keeps_or_asked(caller: &Caller, thread: &Record) -> bool {
    is_keeper(caller, thread) || is_asker(caller, thread)
}

/// Says whether it stands in the margin of a text of no project, which every member may write:
/// whoever writes there settles what is said beside it (rule MA8).
fn is_in_margin_of_all(thread: &Record) -> bool {
    thread.project().is_none() && thread.field(thread_field::PLACE).is_some()
}

fn is_asker(caller: &Caller, thread: &Record) -> bool {
    thread.created.is_some_and(|deed| Some(deed.author) == caller.account)
}
