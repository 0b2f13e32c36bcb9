//! One record's text: a yrs document that only takes what was checked first.
//!
//! Offsets count UTF-16 units, as the editor does. Formatting is never cleaned
//! up here: yrs would delete superfluous marks when an update arrives, and then
//! two replicas that heard the same updates in another order would differ.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use yrs::updates::decoder::Decode as _;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Transact as _, Update};

use super::fragment;
use super::ledger::{Deleted, Ledger, StructureError};
use super::node::{Block, each_line};
use super::prescan::{CLIENT_END, Policy, ScanError, UpdateFacts, scan_bytes};
use super::seed::seed_update;

/// Why an update was not applied; the document is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error(transparent)]
    Scan(#[from] ScanError),
    #[error("client {client} is known up to {have}, the update builds on {need}")]
    Gap { client: u64, have: u32, need: u32 },
    #[error(transparent)]
    Structure(StructureError),
    #[error("the update passed the scan and yrs could not read it")]
    Unreadable,
    #[error("the update was checked and yrs did not integrate it")]
    NotIntegrated,
}

impl TextError {
    /// Gives the stable code that a refusal carries.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scan(cause) => cause.code(),
            Self::Gap { .. } => "text_gap",
            Self::Structure(cause) => cause.code(),
            Self::Unreadable => "text_malformed",
            Self::NotIntegrated => "text_not_integrated",
        }
    }
}

impl From<StructureError> for TextError {
    fn from(cause: StructureError) -> Self {
        match cause {
            StructureError::Gap { client, have, need } => Self::Gap { client, have, need },
            StructureError::Circle { .. }
            | StructureError::NotAnElement { .. }
            | StructureError::TwoPlaces { .. }
            | StructureError::Misplaced { .. }
            | StructureError::Crowded { .. }
            | StructureError::TooDeep { .. } => Self::Structure(cause),
        }
    }
}

/// The text of one record.
#[derive(Debug)]
pub struct TextDocument {
    pub(super) doc: Doc,
    pub(super) ledger: Ledger,
}

impl TextDocument {
    /// Makes an empty document whose own edits carry `client_id`.
    pub fn new(client_id: u64) -> Self {
        let client = ClientID::new(client_id % CLIENT_END);
        // A fixed name: yrs would roll dice for one, and nothing here uses it.
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            cleanup_formatting: false,
            ..Options::with_guid_and_client_id("text".into(), client)
        };
        Self { doc: Doc::with_options(options), ledger: Ledger::default() }
    }

    /// Gives the Yjs client of its own edits.
    pub(crate) fn client_id(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// Opens a document from the state that [`TextDocument::state`] gave.
    pub fn from_state(client_id: u64, state: &[u8]) -> Result<Self, TextError> {
        Self::from_state_with(client_id, state, &Policy::STATE)
    }

    /// Opens a document under another policy, such as `Policy::STATE.newer()`.
    pub fn from_state_with(
        client_id: u64,
        state: &[u8],
        policy: &Policy,
    ) -> Result<Self, TextError> {
        let mut document = Self::new(client_id);
        document.apply_with(state, policy)?;
        Ok(document)
    }

    /// Applies an update; applying it again is harmless.
    pub fn apply(&mut self, update: &[u8]) -> Result<(), TextError> {
        self.apply_with(update, &Policy::UPDATE)
    }

    /// Applies an update under another policy.
    pub fn apply_with(&mut self, update: &[u8], policy: &Policy) -> Result<(), TextError> {
        let facts = scan_bytes(update, policy)?;
        let added = self.admit(&facts)?;
        let decoded = Update::decode_v1(update).map_err(|_| TextError::Unreadable)?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(decoded).map_err(|_| TextError::NotIntegrated)?;
        drop(txn);
        self.ledger.absorb(added);
        Ok(())
    }

    /// Asks the ledger; before a refusal for its structure it forgets what a reloaded document
    /// does not know, so that both judge alike (rule X17).
    fn admit(&mut self, facts: &UpdateFacts) -> Result<Ledger, TextError> {
        match self.ledger.admit(facts).map_err(TextError::from) {
            Err(TextError::Structure(_)) => {
                self.ledger = self.forgetful_ledger();
                Ok(self.ledger.admit(facts)?)
            }
            answer => answer,
        }
    }

    /// Gives the ledger without what was collected.
    fn forgetful_ledger(&self) -> Ledger {
        let mut deleted = Deleted::default();
        for (client, ranges) in self.doc.transact().snapshot().delete_set.iter() {
            ranges.iter().for_each(|range| deleted.add(client.get(), range.start, range.end));
        }
        let mut ledger = self.ledger.clone();
        ledger.forget(&deleted);
        ledger
    }

    /// Checks an update without applying it: the question of the gate.
    pub fn check(&self, update: &[u8], policy: &Policy) -> Result<(), TextError> {
        let facts = scan_bytes(update, policy)?;
        let first = self.ledger.admit(&facts).map_err(TextError::from);
        if matches!(first, Err(TextError::Structure(_))) {
            self.forgetful_ledger().admit(&facts)?;
        } else {
            first?;
        }
        Update::decode_v1(update).map_err(|_| TextError::Unreadable)?;
        Ok(())
    }

    /// Gives the whole document as one V1 update.
    ///
    /// Two replicas that hold the same updates may give different bytes here
    /// (how runs are cut depends on the order of arrival); compare
    /// [`TextDocument::canonical`] instead.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// Tells whether yrs holds nothing back; never false after what was applied.
    pub fn is_whole(&self) -> bool {
        !self.doc.transact().has_missing_updates()
    }

    /// Gives what a replica lacks that knows only the clocks given.
    pub fn missing(&self, known: &BTreeMap<u64, u32>) -> Vec<u8> {
        let clocks = known.iter().filter(|(client, _)| **client < CLIENT_END);
        let clocks = clocks.map(|(client, clock)| (ClientID::new(*client), *clock));
        let vector = StateVector::new(clocks.collect());
        self.doc.transact().encode_diff_v1(&vector)
    }

    /// Gives the clock up to which each Yjs client is known.
    pub fn state_vector(&self) -> BTreeMap<u64, u32> {
        self.ledger.clocks().clone()
    }

    /// Reads a field as a plain tree; a field nobody wrote is empty.
    pub fn blocks(&self, field: &str) -> Vec<Block> {
        let txn = self.doc.transact();
        let fragment = txn.get_xml_fragment(field);
        fragment.map(|fragment| fragment::blocks(&fragment, &txn, 1)).unwrap_or_default()
    }

    /// Tells whether a field shows nothing: no words, no table, no rule.
    pub fn is_empty(&self, field: &str) -> bool {
        let blocks = self.blocks(field);
        let mut has_words = false;
        each_line(&blocks, &mut |line| has_words |= !line.is_empty());
        !has_words && !blocks.iter().any(|block| matches!(block, Block::Table(_) | Block::Rule))
    }

    /// Gives bytes that are equal on any two replicas that hold the same
    /// updates: what is known, what is deleted, and what the fields show.
    pub fn canonical(&self, fields: &[&str]) -> Vec<u8> {
        let mut bytes = b"talkoot text 1".to_vec();
        push_length(&mut bytes, self.ledger.clocks().len());
        for (client, clock) in self.ledger.clocks() {
            bytes.extend(client.to_be_bytes());
            bytes.extend(clock.to_be_bytes());
        }
        let deleted = self.doc.transact().snapshot().delete_set;
        push_length(&mut bytes, deleted.len());
        for (client, ranges) in deleted.iter() {
            bytes.extend(client.get().to_be_bytes());
            push_length(&mut bytes, ranges.len());
            for range in ranges.iter() {
                bytes.extend(range.start.to_be_bytes());
                bytes.extend(range.end.to_be_bytes());
            }
        }
        for field in fields {
            // The seed of the same content is a form that loses nothing.
            let content = seed_update(0, field, &self.blocks(field));
            push_length(&mut bytes, content.len());
            bytes.extend(content);
        }
        bytes
    }

    /// Gives the SHA-256 of [`TextDocument::canonical`]: what replicas compare.
    pub fn digest(&self, fields: &[&str]) -> [u8; 32] {
        Sha256::digest(self.canonical(fields)).into()
    }
}

fn push_length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend((length as u64).to_be_bytes());
}
