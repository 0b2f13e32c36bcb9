//! A text as a relay keeps it: the bytes that came, never a document of yrs.
//!
//! Whoever only passes updates on needs no tree of what they say. An update is
//! scanned, judged by the [`Ledger`] (made when the first one comes), and kept
//! as it came. What a client lacks is cut out of the bytes; a client that has
//! nothing gets them as they are, so opening a long document costs a read.
//! [`RelayedText::compact`] is the one place where yrs runs.

use std::collections::BTreeMap;

use super::document::{TextDocument, TextError};
use super::ledger::Ledger;
use super::prescan::{Policy, UpdateFacts, encode_state_vector, scan_bytes};

/// The update that says nothing: no structs, no deletions.
const NOTHING: [u8; 2] = [0, 0];

/// Updates that are merged in one step.
const MERGED_AT_ONCE: usize = 32;

/// Bytes of new updates that are worth compacting, beside a small text.
const LOOSE_BYTES_MIN: usize = 64 * 1_024;

/// So many updates at least: one alone was folded by whoever made it.
const LOOSE_UPDATES_MIN: usize = 32;

/// The text of one record, as a relay keeps it.
#[derive(Clone, Debug)]
pub struct RelayedText {
    policy: Policy,
    /// One update with everything up to the tail.
    base: Vec<u8>,
    /// What came since, in an order in which each fits.
    tail: Vec<Vec<u8>>,
    /// Bytes that came since the last compacting, and what that left.
    loose_bytes: usize,
    loose_updates: usize,
    compact_bytes: usize,
    clocks: BTreeMap<u64, u32>,
    ledger: Option<Ledger>,
}

impl RelayedText {
    /// Starts with an empty text whose updates are judged under a policy.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            base: NOTHING.to_vec(),
            tail: Vec::new(),
            loose_bytes: 0,
            loose_updates: 0,
            compact_bytes: 0,
            clocks: BTreeMap::new(),
            ledger: None,
        }
    }

    /// Judges an update against what is here and counts on it from now on.
    ///
    /// Whoever admits must [`RelayedText::keep`] the same update next, or load the text anew.
    pub fn admit(&mut self, facts: &UpdateFacts) -> Result<(), TextError> {
        if self.ledger.is_none() {
            self.ledger = Some(self.make_ledger()?);
        }
        let Some(ledger) = self.ledger.as_mut() else { return Err(TextError::NotIntegrated) };
        let added = ledger.admit(facts)?;
        ledger.absorb(added);
        Ok(())
    }

    /// Keeps an update that was admitted, here or by another gate.
    pub fn keep(&mut self, update: Vec<u8>, facts: &UpdateFacts) {
        for (client, range) in &facts.clients {
            let clock = self.clocks.entry(*client).or_insert(0);
            *clock = range.until.max(*clock);
        }
        if !facts.is_empty() {
            self.loose_bytes = self.loose_bytes.saturating_add(update.len());
            self.loose_updates = self.loose_updates.saturating_add(1);
            self.tail.push(update);
        }
    }

    /// Keeps an update that was admitted elsewhere: by the server's gate, from a device.
    pub fn hear(&mut self, update: Vec<u8>) -> Result<(), TextError> {
        let facts = scan_bytes(&update, &self.policy)?;
        if let Some(ledger) = &mut self.ledger {
            let added = ledger.admit(&facts)?;
            ledger.absorb(added);
        }
        self.keep(update, &facts);
        Ok(())
    }

    /// Gives the clock up to which each Yjs client is known.
    pub fn clocks(&self) -> &BTreeMap<u64, u32> {
        &self.clocks
    }

    /// Gives the whole text as one update.
    pub fn state(&mut self) -> Result<&[u8], TextError> {
        if !self.tail.is_empty() {
            let parts = std::iter::once(&self.base).filter(|base| **base != NOTHING);
            self.base = merge_in_steps(parts.chain(&self.tail).cloned().collect())?;
            self.tail.clear();
        }
        Ok(&self.base)
    }

    /// Gives what a replica lacks that knows only the clocks given.
    pub fn missing(&mut self, known: &BTreeMap<u64, u32>) -> Result<Vec<u8>, TextError> {
        let overlaps = known.keys().any(|client| self.clocks.contains_key(client));
        let state = self.state()?;
        if !overlaps {
            return Ok(state.to_vec());
        }
        let vector = encode_state_vector(known);
        yrs::diff_updates_v1(state, &vector).map_err(|_| TextError::Unreadable)
    }

    /// Says whether so much has come that the bytes are worth folding into fewer.
    pub fn is_loose(&self) -> bool {
        self.loose_bytes > LOOSE_BYTES_MIN.max(self.compact_bytes)
            && self.loose_updates >= LOOSE_UPDATES_MIN
    }

    /// Gives the policy that updates are judged under.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Gives how many bytes the text is kept in.
    pub fn bytes(&self) -> usize {
        self.tail.iter().fold(self.base.len(), |sum, update| sum.saturating_add(update.len()))
    }

    /// Counts the updates that are not merged yet: giving out the whole text takes that long.
    pub fn unmerged(&self) -> usize {
        self.tail.len()
    }

    /// Folds the bytes into fewer that say the same: applied one by one, encoded and loaded again
    /// before they replace anything. On an error everything stays as it was.
    ///
    /// Merging bytes looks at each update many times, so that this is ten times faster.
    pub fn compact(&mut self) -> Result<(), TextError> {
        let policy = Policy { names: self.policy.names, ..Policy::STATE };
        let mut applied = TextDocument::from_state_with(0, &self.base, &policy)?;
        for update in &self.tail {
            applied.apply_with(update, &policy)?;
        }
        let encoded = applied.state();
        let loaded = TextDocument::from_state_with(0, &encoded, &policy)?;
        let is_same = loaded.state_vector() == applied.state_vector()
            && loaded.state() == encoded
            && loaded.is_whole();
        if !is_same {
            return Err(TextError::NotIntegrated);
        }
        self.compact_bytes = encoded.len();
        self.base = encoded;
        self.tail.clear();
        (self.loose_bytes, self.loose_updates) = (0, 0);
        // It judges from now on as one that was loaded from these bytes.
        self.ledger = None;
        Ok(())
    }

    fn make_ledger(&self) -> Result<Ledger, TextError> {
        let policy = Policy { names: self.policy.names, ..Policy::STATE };
        let mut ledger = Ledger::default();
        for update in std::iter::once(&self.base).chain(&self.tail) {
            let added = ledger.admit(&scan_bytes(update, &policy)?)?;
            ledger.absorb(added);
        }
        Ok(ledger)
    }
}

/// Merges updates a few at a time. yrs looks at every update again for each struct, so that
/// forty thousand keystrokes at once would take it ten seconds.
fn merge_in_steps(mut parts: Vec<Vec<u8>>) -> Result<Vec<u8>, TextError> {
    while parts.len() > 1 {
        let merge = |few: &[Vec<u8>]| match few {
            [only] => Ok(only.clone()),
            _ => yrs::merge_updates_v1(few).map_err(|_| TextError::Unreadable),
        };
        parts = parts.chunks(MERGED_AT_ONCE).map(merge).collect::<Result<_, _>>()?;
    }
    Ok(parts.pop().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::Edit;

    /// Writes paragraphs and gives their updates.
    fn written(client: u64, words: &[&str]) -> (TextDocument, Vec<Vec<u8>>) {
        let mut writer = TextDocument::new(client);
        let updates = words.iter().filter_map(|text| {
            writer.edit("body", &Edit::AppendParagraph { text: (*text).to_owned() })
        });
        let updates = updates.collect();
        (writer, updates)
    }

    fn relay(updates: &[Vec<u8>]) -> RelayedText {
        let mut relayed = RelayedText::new(Policy::UPDATE);
        for update in updates {
            let facts = scan_bytes(update, &Policy::UPDATE).unwrap();
            relayed.admit(&facts).unwrap();
            relayed.keep(update.clone(), &facts);
        }
        relayed
    }

    #[test]
    fn y2_a_relay_gives_each_what_it_lacks() {
        let (writer, updates) = written(7, &["talkoot", "kylässä", "huomenna"]);
        let mut relayed = relay(&updates);
        assert_eq!(*relayed.clocks(), writer.state_vector());
        for known in 0..=updates.len() {
            let mut reader = TextDocument::new(1);
            updates.iter().take(known).for_each(|update| reader.apply(update).unwrap());
            let missing = relayed.missing(&reader.state_vector()).unwrap();
            reader.apply(&missing).unwrap();
            assert_eq!(reader.canonical(&["body"]), writer.canonical(&["body"]), "{known}");
        }
        let told = relayed.missing(&writer.state_vector()).unwrap();
        assert!(scan_bytes(&told, &Policy::UPDATE).unwrap().structs.is_empty());
    }

    #[test]
    fn y2_what_builds_on_what_is_not_here_is_refused_and_changes_nothing() {
        let (_, updates) = written(7, &["one", "two", "three"]);
        let mut relayed = relay(&updates[..1]);
        let before = relayed.state().unwrap().to_vec();
        let facts = scan_bytes(&updates[2], &Policy::UPDATE).unwrap();
        assert!(matches!(relayed.admit(&facts), Err(TextError::Gap { client: 7, .. })));
        assert_eq!(relayed.state().unwrap(), before);
    }

    #[test]
    fn y2_compacting_says_the_same_in_fewer_bytes() {
        let letters: Vec<String> = (0..300).map(|number| number.to_string()).collect();
        let mut writer = TextDocument::new(7);
        let mut updates = vec![];
        updates.extend(writer.edit("body", &Edit::AppendParagraph { text: "a".to_owned() }));
        for letter in &letters {
            let offset = u32::MAX;
            let edit = Edit::Insert { line: 0, offset, text: letter.clone() };
            updates.extend(writer.edit("body", &edit));
        }
        let mut relayed = relay(&updates);
        let loose = relayed.state().unwrap().len();
        relayed.compact().unwrap();
        let compact = relayed.state().unwrap().to_vec();
        assert!(compact.len() * 2 < loose, "{} of {loose}", compact.len());
        let reader = TextDocument::from_state(1, &compact).unwrap();
        assert_eq!(reader.canonical(&["body"]), writer.canonical(&["body"]));
    }

    #[test]
    fn y10_what_was_kept_in_many_pieces_is_folded_to_what_one_piece_says() {
        let (writer, updates) = written(7, &["talkoot"; 200]);
        let (_, others) = written(8, &["kylässä"; 200]);
        let mut merged = relay(&[updates.clone(), others.clone()].concat());
        let mut folded = merged.clone();
        assert_eq!(folded.unmerged(), 400);
        assert!(!folded.is_loose(), "too few bytes to be worth it");
        folded.compact().unwrap();
        assert_eq!(folded.unmerged(), 0);
        let read = |state: &[u8]| TextDocument::from_state(1, state).unwrap().canonical(&["body"]);
        assert_eq!(read(folded.state().unwrap()), read(merged.state().unwrap()));
        assert_eq!(folded.clocks(), merged.clocks());
        // What comes next is judged alike, and a doubled or missing piece as before.
        let next = scan_bytes(&written(9, &["huomenna"]).1[0], &Policy::UPDATE).unwrap();
        assert_eq!(folded.admit(&next), merged.admit(&next));
        let gap = scan_bytes(&written(10, &["a", "b"]).1[1], &Policy::UPDATE).unwrap();
        assert!(matches!(folded.admit(&gap), Err(TextError::Gap { client: 10, .. })));
        drop(writer);
    }

    #[test]
    fn y10_one_large_update_is_not_folded_again() {
        let words = "talkoot kylässä ".repeat(10_000);
        let (_, updates) = written(7, &[&words]);
        assert!(!relay(&updates).is_loose());
        let some = "talkoot ".repeat(400);
        let (_, many) = written(7, &[&some; 40].map(String::as_str));
        assert!(relay(&many).is_loose());
    }
}
