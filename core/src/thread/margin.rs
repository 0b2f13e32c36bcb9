//! What stands in the margin of a text: a thread about one passage of it, and a change that
//! somebody suggests there without making it.
//!
//! A margin thread is a thread like any other, with a place ([`Anchor`]) in the section that it is
//! about and the words that stood there. A suggestion carries its edit, made once by its maker:
//! whoever accepts brings the same bytes, so two who accept at once bring the words once, and
//! what others wrote into the passage meanwhile stays.

use minicbor::{Decode, Encode};

use super::Thread;
use crate::change::Op;
use crate::limits::{PASSAGE_BYTES_MAX, TEXT_CHARS_MAX};
use crate::record::Record;
use crate::schema::{Kind, thread_field as field};
use crate::text::agreed::agreed;
use crate::text::anchor::{Anchor, Found};
use crate::text::prescan::{Parent, scan_bytes};
use crate::text::{Policy, TEXT_SCHEMA_VERSION, TextDocument, TextError};
use crate::value::{Scalar, Value};

/// What a thread says of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin<'a> {
    /// Where the passage is; none where that cannot be read.
    pub anchor: Option<Anchor>,
    /// What the passage said when it was written of. It stays when the passage changes or goes.
    pub quote: &'a str,
    pub suggestion: Option<Suggestion<'a>>,
    pub state: State,
}

/// A change of a passage that is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// What the passage is to say; nothing where it is to go.
    pub words: &'a str,
    /// The Yjs V1 update that makes it say so.
    pub edit: &'a [u8],
}

/// What became of a margin thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum State {
    #[default]
    #[n(0)]
    Open,
    #[n(1)]
    Resolved,
    #[n(2)]
    Accepted,
    #[n(3)]
    Declined,
}

impl State {
    /// Gives its code in the list `margin_state`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    fn from_code(code: &str) -> Self {
        let all = [Self::Resolved, Self::Accepted, Self::Declined];
        all.into_iter().find(|state| state.code() == code).unwrap_or_default()
    }
}

/// What a new margin thread says of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub anchor: Anchor,
    pub quote: String,
    /// What it is to say and the edit that does it, where that is suggested.
    pub suggested: Option<(String, Vec<u8>)>,
}

impl Passage {
    /// Names a passage of a text; `None` where there is none any more.
    pub fn of(text: &TextDocument, section: &str, anchor: Anchor) -> Option<Self> {
        let found = text.find(section, &anchor)?;
        Some(Self { anchor, quote: shortened(&found.words), suggested: None })
    }

    /// Suggests that it say something else; `client_id` is a fresh Yjs client. `None` where it
    /// says that, spans several lines, or the change is too big for one suggestion.
    ///
    /// # Errors
    ///
    /// Returns why the text does not load; only bytes that lie do that.
    pub fn suggesting(
        mut self,
        text: &TextDocument,
        section: &str,
        words: &str,
        client_id: u64,
    ) -> Result<Option<Self>, TextError> {
        let edit = text.replacing(client_id, section, &self.anchor, words)?;
        let edit = edit.filter(|edit| edit.len() <= PASSAGE_BYTES_MAX);
        let fits = words.chars().count() <= TEXT_CHARS_MAX;
        self.suggested = edit.filter(|_| fits).map(|edit| (words.to_owned(), edit));
        Ok(self.suggested.is_some().then_some(self))
    }

    /// Gives the operations that say it on a fresh thread.
    pub(super) fn ops(&self, record: &Record) -> Vec<Op> {
        let (words, edit) = self.suggested.as_ref().map(|(words, edit)| (words, edit)).unzip();
        let fields = [
            (field::PLACE, Some(Value::text(&self.anchor.to_string()))),
            (field::QUOTE, Some(Value::text(&self.quote))),
            (field::WORDS, words.map(|words| Value::text(words))),
            (field::EDIT, edit.map(|edit| Value::One(Scalar::Edit(edit.clone())))),
        ];
        let fields = fields.into_iter().filter_map(|(tag, value)| Some((tag, value?)));
        fields.map(|(tag, value)| record.set_field(tag, value)).collect()
    }
}

/// Reads what a folded thread says of a passage; none where it is about none.
pub(super) fn of(record: &Record) -> Option<Margin<'_>> {
    let value = |tag| record.field(tag).and_then(|field| field.value());
    let text = |tag| value(tag).and_then(Value::as_text);
    let edit = match value(field::EDIT) {
        Some(Value::One(Scalar::Edit(edit))) => Some(edit.as_slice()),
        Some(_) | None => None,
    };
    let place = text(field::PLACE)?;
    Some(Margin {
        anchor: Anchor::parse(place),
        quote: text(field::QUOTE).unwrap_or_default(),
        suggestion: edit
            .map(|edit| Suggestion { words: text(field::WORDS).unwrap_or_default(), edit }),
        state: State::from_code(text(field::STATE).unwrap_or_default()),
    })
}

/// Says what became of a margin thread; [`State::Open`] opens it again.
pub fn settle(thread: &Record, state: State) -> Op {
    thread.set_field(field::STATE, Value::code(state.code()))
}

/// What accepts a suggestion, as operations on the record that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Makes the text say what is suggested.
    pub bring: Op,
    /// Makes it say again what it said, and what is suggested then; none where bringing it changes
    /// nothing.
    pub back: Option<(Op, Passage)>,
}

/// Gives what accepts a suggestion; `section` names the field of the text, `client_id` is a fresh
/// Yjs client. `None` where it is no suggestion, its passage is gone, the text lacks what it was
/// made on, or its edit writes anything but that passage.
///
/// # Errors
///
/// Returns why the text does not load; only bytes that lie do that.
pub fn accepting(
    thread: &Thread<'_>,
    text: &TextDocument,
    kind: Kind,
    section: &str,
    client_id: u64,
) -> Result<Option<Acceptance>, TextError> {
    let suggested = thread.margin.as_ref().and_then(|it| Some((it.anchor?, it.suggestion?)));
    let Some((anchor, Suggestion { words, edit })) = suggested else { return Ok(None) };
    let found = text.find(section, &anchor);
    let fits = text.check(edit, &Policy::UPDATE).is_ok() && stays_in_blocks(edit);
    let Some(found) = found.filter(|_| fits) else { return Ok(None) };
    let mut after = TextDocument::from_state(client_id, &text.state())?;
    after.apply(edit)?;
    let mut others = kind.schema().rich_texts().filter(|it| it.name != section);
    let elsewhere = others.any(|it| text.blocks(it.name) != after.blocks(it.name));
    if elsewhere || !text.is_like_but_for(&after, section, &found)? {
        return Ok(None);
    }
    let back = agreed(&after.state(), section, &text.blocks(section))?;
    let back = back.map(|update| taken_back(after, section, &found, words, update)).transpose()?;
    let bring = Op::Accept { schema: TEXT_SCHEMA_VERSION, update: edit.to_vec() };
    Ok(Some(Acceptance { bring, back: back.flatten() }))
}

/// Says whether an edit writes into blocks that are there, and begins none in any field.
fn stays_in_blocks(edit: &[u8]) -> bool {
    let begins = |parent: &Parent| matches!(parent, Parent::Field { .. } | Parent::Entry { .. });
    let facts = scan_bytes(edit, &Policy::UPDATE);
    facts.is_ok_and(|facts| !facts.structs.iter().any(|it| begins(&it.parent)))
}

/// Suggests the same anew on the text as it is without the edit: an edit comes in only once.
fn taken_back(
    mut text: TextDocument,
    section: &str,
    found: &Found,
    words: &str,
    update: Vec<u8>,
) -> Result<Option<(Op, Passage)>, TextError> {
    text.apply(&update)?;
    let Some(anchor) = text.anchor(section, found.from, found.until) else { return Ok(None) };
    let Some(passage) = Passage::of(&text, section, anchor) else { return Ok(None) };
    let client = text.client_id();
    let passage = passage.suggesting(&text, section, words, client)?;
    Ok(passage.map(|it| (Op::Accept { schema: TEXT_SCHEMA_VERSION, update }, it)))
}

/// Opens a suggestion again after its words were taken back out of the text.
pub fn reopening(thread: &Record, passage: &Passage) -> Vec<Op> {
    passage.ops(thread).into_iter().chain([settle(thread, State::Open)]).collect()
}

/// A passage may be longer than a field: the place says where the rest is.
fn shortened(words: &str) -> String {
    if words.chars().count() <= TEXT_CHARS_MAX {
        return words.to_owned();
    }
    words.chars().take(TEXT_CHARS_MAX.saturating_sub(1)).chain(['…']).collect()
}
