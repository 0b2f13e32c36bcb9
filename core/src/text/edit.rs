//! The few edits that need no editor: for simulations, seeds of tests, and
//! tools that append to a text.
//!
//! Each gives the Yjs update it made, or `None` where there was nothing to do.
//! Places are counted as people count them (the n-th line of text, a UTF-16
//! offset in it) and clamped, so that any number is a legal place.

use yrs::types::text::YChange;
use yrs::{
    Any, Out, Text as _, Transact as _, WriteTxn as _, XmlElementPrelim, XmlFragment as _, XmlOut,
    XmlTextPrelim, XmlTextRef,
};

use super::document::TextDocument;
use super::prescan::{Policy, scan_bytes};
use super::schema::Node;

/// An edit of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds a paragraph at the end.
    AppendParagraph { text: String },
    /// Inserts words into the n-th run of text.
    Insert { line: usize, offset: u32, text: String },
    /// Deletes UTF-16 units from the n-th run of text.
    Delete { line: usize, offset: u32, units: u32 },
    /// Deletes the n-th block.
    DeleteBlock { block: u32 },
}

impl TextDocument {
    /// Makes an edit and gives its update.
    pub fn edit(&mut self, field: &str, edit: &Edit) -> Option<Vec<u8>> {
        let mut txn = self.doc.transact_mut();
        let fragment = txn.get_or_insert_xml_fragment(field);
        match edit {
            Edit::AppendParagraph { text } => {
                let name = Node::Paragraph.name();
                let paragraph = fragment.push_back(&mut txn, XmlElementPrelim::empty(name));
                if !text.is_empty() {
                    paragraph.push_back(&mut txn, XmlTextPrelim::new(text.as_str()));
                }
            }
            Edit::Insert { line, offset, text } => {
                let run = nth_run(&fragment, &txn, *line).filter(|_| !text.is_empty())?;
                let at = boundary(&run, &txn, *offset);
                run.insert(&mut txn, at, text);
            }
            Edit::Delete { line, offset, units } => {
                let run = nth_run(&fragment, &txn, *line)?;
                let from = boundary(&run, &txn, *offset);
                let until = boundary(&run, &txn, offset.saturating_add(*units));
                if from == until {
                    return None;
                }
                run.remove_range(&mut txn, from, until.saturating_sub(from));
            }
            Edit::DeleteBlock { block } => {
                let count = fragment.len(&txn);
                if count == 0 {
                    return None;
                }
                fragment.remove_range(&mut txn, (*block).min(count - 1), 1);
            }
        }
        let update = txn.encode_update_v1();
        drop(txn);
        // Our own bytes go the way of everybody's, so that the ledger knows them.
        let facts = scan_bytes(&update, &Policy::UPDATE.newer()).ok()?;
        self.ledger.absorb(self.ledger.admit(&facts).ok()?);
        Some(update)
    }
}

/// Finds the n-th run of text, counting round where there are fewer.
fn nth_run<T: yrs::ReadTxn>(
    fragment: &yrs::XmlFragmentRef,
    txn: &T,
    line: usize,
) -> Option<XmlTextRef> {
    let runs = fragment.successors(txn).filter_map(XmlOut::into_xml_text);
    let runs: Vec<XmlTextRef> = runs.collect();
    let nth = line.checked_rem(runs.len())?;
    runs.into_iter().nth(nth)
}

/// Clamps an offset to the run, and to the left of a character it would split.
fn boundary<T: yrs::ReadTxn>(run: &XmlTextRef, txn: &T, offset: u32) -> u32 {
    let mut at = 0;
    for sign in words_of(run, txn).chars() {
        let next = at + if sign.len_utf16() == 2 { 2 } else { 1 };
        if next > offset {
            return at;
        }
        at = next;
    }
    at
}

/// Gives the words of a run, without their marks.
pub(super) fn words_of<T: yrs::ReadTxn>(run: &XmlTextRef, txn: &T) -> String {
    let pieces = run.diff(txn, YChange::identity);
    let words = pieces.into_iter().filter_map(|piece| {
        if let Out::Any(Any::String(words)) = piece.insert { Some(words.to_string()) } else { None }
    });
    words.collect()
}
