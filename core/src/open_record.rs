//! A record with its words: what a screen shows and a snapshot keeps.
//!
//! The fold of the fields and the Yjs document of the texts move together.
//! A snapshot holds both, so opening a long document does not refold its past.

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use crate::change::{Change, SCHEMA_VERSION};
use crate::codec::{self, DecodeError};
use crate::id::RecordId;
use crate::record::{Applied, BroughtText, Record, Taken};
use crate::schema::Kind;
use crate::text::{TEXT_SCHEMA_VERSION, TextDocument, TextError};

/// Largest snapshot, in bytes. Snapshots are made here and read here.
const SNAPSHOT_BYTES_MAX: usize = 64 * 1_048_576;

/// The Yjs client id of a document that is only read: it never writes, so it needs no identity.
const READER_CLIENT: u64 = 1;

/// A record and the words of its texts.
#[derive(Debug)]
pub struct OpenRecord {
    pub record: Record,
    pub text: TextDocument,
    /// Changes that this program is too old to read lie beside it: it opens read-only.
    unreadable: u32,
    /// Text updates that did not fit, although judged: kept and counted, never shown as words.
    set_aside: u32,
    /// Those of them that what comes yet may make fit.
    gaps: u32,
    /// Whether what came shows that other words than these are meant; folding anew finds them.
    is_torn: bool,
}

/// The stored form of an [`OpenRecord`].
#[derive(Encode, Decode)]
struct Snapshot {
    #[n(0)]
    record: Record,
    #[cbor(n(1), with = "minicbor::bytes")]
    text: Vec<u8>,
    #[n(2)]
    unreadable: u32,
    #[n(3)]
    set_aside: u32,
    /// Absent in snapshots of older programs, and where there are none.
    #[n(4)]
    gaps: Option<u32>,
}

/// Why a stored snapshot cannot be used. The changes it was made from still can.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("the snapshot does not decode")]
    Decode(#[from] DecodeError),
    #[error("the text of the snapshot does not load")]
    Text(#[from] TextError),
}

impl OpenRecord {
    /// Starts with nothing known.
    pub fn new(id: RecordId) -> Self {
        let text = TextDocument::new(READER_CLIENT);
        let record = Record::new(id);
        Self { record, text, unreadable: 0, set_aside: 0, gaps: 0, is_torn: false }
    }

    /// Folds changes, in whatever order they stand (rules F1, F36).
    pub fn of<'a>(id: RecordId, changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut open = Self::new(id);
        let mut texts = Vec::new();
        for change in changes {
            if let Taken::Folded(brought) = open.record.take_in(change) {
                texts.extend(brought.texts);
            }
        }
        // Only now it is known whose the clients are. Where they are disputed, a text may stand
        // before what it builds on.
        loop {
            let before = texts.len();
            (open.set_aside, open.gaps) = (0, 0);
            texts.retain(|text| !open.takes(text));
            if open.gaps == 0 || texts.len() == before {
                return open;
            }
        }
    }

    /// Takes in a change. Total, as [`Record::apply`]; gives only the texts that became words
    /// here, so that an editor is never handed what was set aside.
    pub fn apply(&mut self, change: &Change) -> Applied {
        let brought = match self.record.take_in(change) {
            Taken::Folded(brought) => brought,
            Taken::Known => return Applied::Known,
            Taken::Waits => return Applied::Waits,
        };
        // Words that lie here may be another's now, and what did not fit may fit.
        let lies = self.gaps > 0 && !brought.texts.is_empty();
        self.is_torn |= brought.overtakes || lies;
        let words = brought.texts.into_iter().filter(|text| self.takes(text));
        Applied::Folded { texts: words.map(|text| text.update).collect() }
    }

    /// Makes a text words here, unless it writes under another's client or does not fit; counts
    /// what is none.
    fn takes(&mut self, text: &BroughtText) -> bool {
        if !self.record.text_clients.are_of(text.owner, &text.clients) {
            self.set_aside = self.set_aside.saturating_add(1);
            return false;
        }
        let Err(cause) = self.text.apply(&text.update) else { return true };
        self.set_aside = self.set_aside.saturating_add(1);
        self.gaps = self.gaps.saturating_add(u32::from(matches!(cause, TextError::Gap { .. })));
        false
    }

    /// Says whether what came shows that other words are meant than those that lie here, so that
    /// the record has to be folded anew from all its changes ([`OpenRecord::of`]). Only two who
    /// claim one Yjs client bring this about.
    pub fn is_torn(&self) -> bool {
        self.is_torn
    }

    /// Notes a change that this program cannot read.
    pub fn note_unreadable(&mut self) {
        self.unreadable = self.unreadable.saturating_add(1);
    }

    /// Takes over that another fold of the same record met changes that this program cannot read.
    pub(crate) fn note_unreadable_of(&mut self, other: &Self) {
        self.unreadable = self.unreadable.max(other.unreadable);
    }

    /// Says whether something in it was made by a newer program, so that editing could harm it.
    pub fn is_newer(&self) -> bool {
        self.is_newer_than(SCHEMA_VERSION, TEXT_SCHEMA_VERSION)
    }

    /// Says the same of a program that knows these schemas of fields and of texts.
    pub fn is_newer_than(&self, schema: u16, text_schema: u16) -> bool {
        let fields = self.record.schema > schema;
        fields || self.record.text_schema > text_schema || self.unreadable > 0
    }

    /// Counts the text updates that did not fit although they were judged; 0 unless bytes lie.
    pub fn set_aside(&self) -> u32 {
        self.set_aside
    }

    /// Writes everything down.
    pub fn snapshot(&self) -> Vec<u8> {
        codec::encode(&Snapshot {
            record: self.record.clone(),
            text: self.text.state(),
            unreadable: self.unreadable,
            set_aside: self.set_aside,
            gaps: Some(self.gaps).filter(|gaps| *gaps > 0),
        })
    }

    /// Writes everything down and reads it again; gives the bytes only if they come back as the
    /// same record, because what they stand for is not read from the changes any more.
    pub fn checked_snapshot(&self) -> Option<Vec<u8>> {
        let bytes = self.snapshot();
        let again = Self::from_snapshot(&bytes).ok().filter(|_| !self.is_torn)?;
        let counts = (again.unreadable, again.set_aside) == (self.unreadable, self.set_aside);
        (counts && again.digest() == self.digest()).then_some(bytes)
    }

    /// Reads what [`OpenRecord::snapshot`] wrote.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let stored: Snapshot = codec::decode(bytes, SNAPSHOT_BYTES_MAX)?;
        let text = TextDocument::from_state(READER_CLIENT, &stored.text)?;
        let Snapshot { record, unreadable, set_aside, gaps, .. } = stored;
        let gaps = gaps.unwrap_or(0);
        Ok(Self { record, text, unreadable, set_aside, gaps, is_torn: false })
    }

    /// Gives bytes that are equal on any two devices with the same changes, in whatever order
    /// they came (rule F1).
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = codec::encode(&self.record);
        bytes.extend(self.text.canonical(&self.text_fields()));
        bytes
    }

    /// Gives the SHA-256 of [`OpenRecord::canonical`].
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.canonical()).into()
    }

    /// Lists the names of the record's formatted texts.
    pub fn text_fields(&self) -> Vec<&'static str> {
        let fields = self.record.kind.map(Kind::schema);
        fields
            .map(|schema| schema.rich_texts().map(|field| field.name).collect())
            .unwrap_or_default()
    }
}
