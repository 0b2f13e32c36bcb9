//! Changes that killed the program: noticed at the next start, and passed over.
//!
//! In WebAssembly a broken invariant ends the whole program. So the name of a
//! text change is written down before it is folded in and crossed out after.
//! A name still there at a start is the change that did it (rule L7).

use std::collections::BTreeSet;

use talkoot_core::change::Change;
use talkoot_core::id::ChangeId;

use crate::device::memory;

/// Where the change being folded in is written down, for this tab.
const APPLYING: &str = "talkoot.applying";
/// Where the changes to pass over are listed.
const HELD: &str = "talkoot.held";

/// A text change that is being folded in.
pub(crate) struct Applying {
    noted: bool,
}

impl Applying {
    /// Writes down that this change is being folded in.
    pub(crate) fn begin(change: &Change) -> Self {
        let noted = change.ops.iter().any(|op| op.update().is_some());
        if noted {
            memory::keep_for_tab(APPLYING, &write(change.id));
        }
        Self { noted }
    }

    /// Crosses it out: nothing happened.
    pub(crate) fn end(self) {
        if self.noted {
            memory::forget_of_tab(APPLYING);
        }
    }
}

/// Gives the changes to pass over, with the one that ended this tab's last run, if any.
pub(crate) fn held() -> BTreeSet<ChangeId> {
    let listed = memory::read(HELD).unwrap_or_default();
    let mut held: BTreeSet<ChangeId> = listed.split(' ').filter_map(read).collect();
    if let Some(killer) = memory::read_of_tab(APPLYING).as_deref().and_then(read) {
        held.insert(killer);
        let names: Vec<_> = held.iter().map(|id| write(*id)).collect();
        memory::keep(HELD, &names.join(" "));
        memory::forget_of_tab(APPLYING);
    }
    held
}

fn write(id: ChangeId) -> String {
    format!("{}.{}", id.replica, id.counter)
}

fn read(text: &str) -> Option<ChangeId> {
    let (replica, counter) = text.split_once('.')?;
    Some(ChangeId { replica: replica.parse().ok()?, counter: counter.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::ReplicaId;

    #[test]
    fn l7_the_name_of_a_held_change_survives_its_text() {
        let id = ChangeId { replica: ReplicaId([7; 16]), counter: 42 };
        assert_eq!(read(&write(id)), Some(id));
        assert_eq!(read("nonsense"), None);
    }
}
