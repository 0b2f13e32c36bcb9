//! Changes that killed the program: noticed at the next start, and passed over.
//!
//! In WebAssembly a broken invariant ends the whole program. So the name of a
//! text change is written down before it is folded in and crossed out after.
//! A name still there at a start is the change that may have done it; a flat battery ends a program
//! too. Only one that is there at two starts in a row is passed over (rule L7).

use std::collections::BTreeSet;

use talkoot_core::change::Change;
use talkoot_core::id::ChangeId;

use crate::device::memory;

/// Where the change being folded in is written down, for this tab.
const APPLYING: &str = "talkoot.applying";
/// Where the change is written down that was being folded in when this tab's last run ended.
const SUSPECT: &str = "talkoot.suspect";
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

/// Gives the changes to pass over.
pub(crate) fn held() -> BTreeSet<ChangeId> {
    memory::read(HELD).unwrap_or_default().split(' ').filter_map(read).collect()
}

/// Gives the changes to pass over at a start, with the one that ended this tab's last two runs,
/// if any.
pub(crate) fn held_at_start() -> BTreeSet<ChangeId> {
    let mut held = held();
    let noted = |name| memory::read_of_tab(name).as_deref().and_then(read);
    let (last, suspect) = (noted(APPLYING), noted(SUSPECT));
    memory::forget_of_tab(APPLYING);
    memory::forget_of_tab(SUSPECT);
    if let Some(last) = last {
        if is_killer(last, suspect) {
            held.insert(last);
            let names: Vec<_> = held.iter().map(|id| write(*id)).collect();
            memory::keep(HELD, &names.join(" "));
        } else {
            memory::keep_for_tab(SUSPECT, &write(last));
        }
    }
    held
}

/// Says whether the change in which the last run ended is the one in which that before it ended.
fn is_killer(last: ChangeId, suspect: Option<ChangeId>) -> bool {
    suspect == Some(last)
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

    #[test]
    fn l7_one_ending_proves_nothing_and_two_in_the_same_change_do() {
        let id = |counter| ChangeId { replica: ReplicaId([7; 16]), counter };
        assert!(!is_killer(id(1), None));
        assert!(!is_killer(id(1), Some(id(2))));
        assert!(is_killer(id(1), Some(id(1))));
    }
}
