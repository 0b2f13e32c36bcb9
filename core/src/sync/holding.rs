//! What one side holds of a record, and how that compares with what the other holds.
//!
//! The frontier says which changes were folded, the digest what came of it.
//! Equal frontiers with unequal digests mean that one side folded wrongly: an
//! older program, a damaged snapshot, a text whose client id was used twice.

use minicbor::{Decode, Encode};

use crate::change::Frontier;
use crate::id::RecordId;
use crate::open_record::OpenRecord;
use crate::record::Record;

/// A record as one side holds it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Holding {
    #[n(0)]
    pub record: RecordId,
    /// The last change of each replica that is folded in.
    #[n(1)]
    pub frontier: Frontier,
    /// SHA-256 of what the fold says ([`OpenRecord::digest`]).
    #[cbor(n(2), with = "minicbor::bytes")]
    pub digest: [u8; 32],
}

/// How a device's holding compares with the server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Verdict {
    #[n(0)]
    Same,
    /// The server has all of it, and more.
    #[n(1)]
    Behind,
    /// The device has something that the server lacks.
    #[n(2)]
    Ahead,
    /// The same changes were folded to something else.
    #[n(3)]
    Differs,
    /// The record is not there, or is out of the caller's sight.
    #[n(4)]
    Unseen,
}

impl Holding {
    /// Describes what is held of a record.
    pub fn of(open: &OpenRecord) -> Self {
        let Record { id: record, frontier, .. } = &open.record;
        Self { record: *record, frontier: frontier.clone(), digest: open.digest() }
    }

    /// Compares a device's holding with the server's.
    pub fn against(&self, server: &Self) -> Verdict {
        if !server.frontier.covers(&self.frontier) {
            Verdict::Ahead
        } else if !self.frontier.covers(&server.frontier) {
            Verdict::Behind
        } else if self.digest == server.digest {
            Verdict::Same
        } else {
            Verdict::Differs
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplicaId;

    fn holding(frontier: &[(u8, u64)], digest: u8) -> Holding {
        let frontier = frontier.iter().map(|(replica, at)| (ReplicaId([*replica; 16]), *at));
        Holding { record: RecordId([1; 16]), frontier: frontier.collect(), digest: [digest; 32] }
    }

    #[test]
    fn n31_a_holding_is_behind_only_where_the_server_has_all_of_it() {
        let server = holding(&[(1, 4), (2, 7)], 1);
        assert_eq!(holding(&[(1, 4), (2, 7)], 1).against(&server), Verdict::Same);
        assert_eq!(holding(&[(1, 4), (2, 7)], 2).against(&server), Verdict::Differs);
        assert_eq!(holding(&[(1, 4), (2, 6)], 1).against(&server), Verdict::Behind);
        assert_eq!(holding(&[(1, 4)], 1).against(&server), Verdict::Behind);
        assert_eq!(holding(&[(1, 5), (2, 7)], 1).against(&server), Verdict::Ahead);
        assert_eq!(holding(&[(1, 4), (3, 1)], 1).against(&server), Verdict::Ahead);
    }
}
