//! Forms that somebody began and neither saved nor gave up (rule L26).
//!
//! What is typed in a form is no change: it may be half a thought, and nobody else is to see it.
//! It lies in `localStorage` with every key, by account, record and form, until the form is
//! saved or given up.

use minicbor::{Decode, Encode};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::value::Value;

use super::letters::{of_bytes, read, to_bytes, written};
use crate::device::memory;

const BEGIN: &str = "talkoot.unfinished.";
/// What follows the name of a form where the text lies that it was begun on.
const BASE: &str = ".base";

/// What stands in a form.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Begun {
    #[n(0)]
    pub(crate) value: Value,
    /// The writes that its person saw when it was begun: saving replaces those and no others.
    #[n(1)]
    pub(crate) seen: Vec<ChangeId>,
}

/// The place of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfinished {
    name: String,
}

impl Unfinished {
    /// Names the place of a form: its account, its record, its own name.
    pub(crate) fn new(account: AccountId, record: RecordId, form: &str) -> Self {
        Self { name: format!("{BEGIN}{account}.{record}.{form}") }
    }

    /// Lists the forms of a record that were begun and whose names begin so.
    pub(crate) fn forms(account: AccountId, record: RecordId, begin: &str) -> Vec<String> {
        let of_record = format!("{BEGIN}{account}.{record}.");
        let names = memory::names(&format!("{of_record}{begin}")).into_iter();
        let names = names.filter(|name| !name.ends_with(BASE));
        names.filter_map(|name| name.strip_prefix(&of_record).map(str::to_owned)).collect()
    }

    /// Keeps what stands in the form now.
    pub(crate) fn keep(&self, begun: &Begun) {
        memory::keep(&self.name, &written(begun));
    }

    /// Reads what stood in the form.
    pub(crate) fn read(&self) -> Option<Begun> {
        read(&memory::read(&self.name)?)
    }

    /// Keeps the text of a record that the form was begun on.
    pub(crate) fn keep_base(&self, state: &[u8]) {
        memory::keep(&format!("{}{BASE}", self.name), &of_bytes(state));
    }

    /// Reads the text that the form was begun on.
    pub(crate) fn base(&self) -> Option<Vec<u8>> {
        to_bytes(&memory::read(&format!("{}{BASE}", self.name))?)
    }

    /// Forgets the form, unless something else stands in it by now.
    pub(crate) fn forget(&self, begun: &Begun) {
        if self.read().as_ref() == Some(begun) {
            self.clear();
        }
    }

    /// Forgets the form.
    pub(crate) fn clear(&self) {
        memory::forget(&self.name);
        memory::forget(&format!("{}{BASE}", self.name));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use talkoot_core::id::ReplicaId;
    use talkoot_core::value::Scalar;

    use super::*;

    #[test]
    fn l26_a_form_survives_its_text() {
        let entry = BTreeMap::from([(1, Scalar::Text("Yhdeksän kymmenestä".into()))]);
        let change = ChangeId { replica: ReplicaId([7; 16]), counter: 9 };
        let begun = Begun { value: Value::Entry(entry), seen: vec![change] };
        assert_eq!(read(&written(&begun)), Some(begun));
    }
}
