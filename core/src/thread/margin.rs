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
use crate::schema::thread_field as field;
use crate::text::anchor::{Anchor, Found};
use crate::text::{TEXT_SCHEMA_VERSION, TextDocument, TextError};
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

/// Finds the passage of a margin thread in the text that it is about, as it stands now; `None`
/// once nothing of it is left.
pub fn found(thread: &Thread<'_>, text: &TextDocument, section: &str) -> Option<Found> {
    text.find(section, &thread.margin.as_ref()?.anchor?)
}

/// Says what became of a margin thread; [`State::Open`] opens it again.
pub fn settle(thread: &Record, state: State) -> Op {
    thread.set_field(field::STATE, Value::code(state.code()))
}

/// Gives the operation on the record that a suggestion is about which makes its text say what
/// is suggested; none where that is no suggestion, or the text lacks what it was made on.
pub fn accepting(thread: &Thread<'_>, text: &TextDocument) -> Option<Op> {
    let edit = thread.margin.as_ref()?.suggestion?.edit;
    let is_usable = text.check(edit, &crate::text::Policy::UPDATE).is_ok();
    let update = || edit.to_vec();
    is_usable.then(|| Op::Accept { schema: TEXT_SCHEMA_VERSION, update: update() })
}

/// A passage may be longer than a field: the place says where the rest is.
fn shortened(words: &str) -> String {
    if words.chars().count() <= TEXT_CHARS_MAX {
        return words.to_owned();
    }
    words.chars().take(TEXT_CHARS_MAX.saturating_sub(1)).chain(['…']).collect()
}
