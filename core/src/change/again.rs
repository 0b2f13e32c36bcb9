//! Work that is tried again: the same operations in new changes.

use std::collections::BTreeMap;

use super::{Frontier, Op};
use crate::id::ChangeId;

/// The changes that were withdrawn, and those that now stand for them.
pub type Renamed = BTreeMap<ChangeId, ChangeId>;

impl Op {
    /// Gives the operation for another change, where what it names was tried again too (rule F35).
    #[must_use]
    pub fn again(mut self, renamed: &Renamed) -> Self {
        match &mut self {
            Self::SetField { replaces, .. }
            | Self::PutItem { replaces, .. }
            | Self::PlaceItem { replaces, .. } => rename(replaces, renamed),
            Self::RemoveFromSet { removes, .. } | Self::RemoveItem { removes, .. } => {
                rename(removes, renamed);
            }
            Self::Publish { replaces, version, .. } => {
                rename(replaces, renamed);
                if let Some(version) = version {
                    reach(version, renamed);
                }
            }
            Self::Trash { replaces, knew, .. } => {
                rename(replaces, renamed);
                reach(knew, renamed);
            }
            Self::Discuss { deed } => deed.rename(renamed),
            Self::Create { .. }
            | Self::Note { .. }
            | Self::AddToSet { .. }
            | Self::Text { .. }
            | Self::Receive { .. }
            | Self::Accept { .. } => {}
        }
        self
    }
}

pub(super) fn rename(ids: &mut [ChangeId], renamed: &Renamed) {
    for id in ids {
        *id = renamed.get(id).copied().unwrap_or(*id);
    }
}

/// Makes a version that knows a withdrawn change know what stands for it.
fn reach(version: &mut Frontier, renamed: &Renamed) {
    for (old, new) in renamed {
        if version.knows(*old) {
            version.note(*new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplicaId;
    use crate::value::Value;

    const fn id(counter: u64) -> ChangeId {
        ChangeId { replica: ReplicaId([7; 16]), counter }
    }

    #[test]
    fn f35_what_is_tried_again_names_what_is_tried_again_with_it() {
        let renamed = Renamed::from([(id(5), id(8))]);
        let write = |replaces| Op::SetField { field: 1, value: Value::text("a"), replaces };
        assert_eq!(write(vec![id(5), id(3)]).again(&renamed), write(vec![id(8), id(3)]));
        let version = |until| Some(Frontier::from([(ReplicaId([7; 16]), until)]));
        let publish =
            |version| Op::Publish { published: true, replaces: Vec::new(), version, reason: None };
        assert_eq!(publish(version(5)).again(&renamed), publish(version(8)));
        assert_eq!(publish(version(4)).again(&renamed), publish(version(4)));
    }
}
