//! Where a record came from: the one it was adopted from, and how much of that was received.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::{Deed, Record};
use crate::change::Frontier;
use crate::id::RecordId;

/// A record's tie to the one that it was adopted from.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Lineage {
    /// What was known of the origin when something was last received from there: what lies
    /// beyond is news, what lies within was taken or declined.
    #[n(0)]
    pub knew: Frontier,
    /// Who adopted it, and when.
    #[n(1)]
    pub since: Deed,
}

/// The ties by origin. The gate lets in one; bytes may lie.
pub type Lineages = BTreeMap<RecordId, Lineage>;

impl Record {
    /// Gives the record that this one was adopted from: of several, which only bytes that lie can
    /// name, the one named first.
    pub fn lineage(&self) -> Option<(RecordId, &Lineage)> {
        let first = self.lineages.iter().min_by_key(|(_, lineage)| lineage.since);
        first.map(|(origin, lineage)| (*origin, lineage))
    }

    /// Takes a receiving into account, in whatever order they come.
    pub(super) fn receive(&mut self, origin: RecordId, knew: &Frontier, deed: Deed) {
        let fresh = Lineage { knew: Frontier::new(), since: deed };
        let lineage = self.lineages.entry(origin).or_insert(fresh);
        lineage.since = lineage.since.min(deed);
        lineage.knew.join(knew);
    }
}
