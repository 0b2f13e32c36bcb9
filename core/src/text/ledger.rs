//! Where every element of a text document sits, so that an update can be judged
//! against the document before yrs integrates any of it.
//!
//! yrs refuses or keeps back halfway through: a struct whose neighbours are
//! missing, a parent that is no element, a nesting too deep. The ledger holds
//! just enough of the document to foresee all of these, so that a refusal
//! changes nothing. It holds places, never words, and it never repairs.

mod crowd;
mod gone;
mod order;
mod place;

use std::collections::BTreeMap;

use crowd::Crowd;
pub(super) use gone::Deleted;
pub use place::Place;
use place::Run;

use super::prescan::{Content, Names, Struct, StructId, UpdateFacts};
use super::schema::{DEPTH_MAX, Node};

/// Why an update does not fit the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StructureError {
    #[error("client {client} is known up to {have}, the update builds on {need}")]
    Gap { client: u64, have: u32, need: u32 },
    #[error("structs of client {client} need each other in a circle")]
    Circle { client: u64 },
    #[error("the parent of {client}:{clock} is no element")]
    NotAnElement { client: u64, clock: u32 },
    #[error("{client}:{clock} sits between neighbours of two places")]
    TwoPlaces { client: u64, clock: u32 },
    #[error("the schema does not let {client}:{clock} sit where it does")]
    Misplaced { client: u64, clock: u32 },
    #[error("{client}:{clock} is nested more than {max} deep")]
    TooDeep { client: u64, clock: u32, max: u8 },
    #[error("structs crowd one place: {steps} steps to {client}:{clock}, at most {max} are taken")]
    Crowded { client: u64, clock: u32, steps: u64, max: u64 },
}

impl StructureError {
    /// Gives the stable code that a refusal carries.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gap { .. } => "text_gap",
            Self::Circle { .. } | Self::NotAnElement { .. } | Self::TwoPlaces { .. } => {
                "text_malformed"
            }
            Self::Misplaced { .. } => "text_unknown_content",
            Self::TooDeep { .. } => "text_too_deep",
            Self::Crowded { .. } => "text_too_large",
        }
    }
}

/// An element or a run of text that others can sit in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Branch {
    kind: Kind,
    depth: u8,
}

/// What can be sat in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TextRun,
    Known(Node),
    /// An element of a newer schema.
    Newer,
    /// An element that the scanned update builds on and does not hold.
    Assumed,
}

/// The places of a document's elements.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    clocks: BTreeMap<u64, u32>,
    runs: BTreeMap<StructId, Run>,
    branches: BTreeMap<StructId, Branch>,
    /// Whether what is not listed counts as there: for judging an update alone.
    assuming: bool,
}

impl Ledger {
    /// Makes a ledger that believes whatever the update builds on.
    pub fn assuming(facts: &UpdateFacts) -> Self {
        let clocks = facts.clients.iter().map(|(client, range)| (*client, range.from)).collect();
        Self { clocks, assuming: true, ..Self::default() }
    }

    /// Gives, for each Yjs client, the clock up to which the document is whole.
    pub fn clocks(&self) -> &BTreeMap<u64, u32> {
        &self.clocks
    }

    /// Judges an update against the document.
    ///
    /// What comes back is what the update adds; hand it to [`Ledger::absorb`]
    /// once yrs has integrated the same bytes.
    pub fn admit(&self, facts: &UpdateFacts) -> Result<Ledger, StructureError> {
        self.check_gaps(facts)?;
        let mut added = Ledger::default();
        let mut crowd = Crowd::default();
        for found in order::by_need(self, facts)? {
            let StructId { client, clock } = found.id;
            let start = clock.max(self.clock(client));
            if found.end() <= start {
                // Known already: yrs passes over it, whatever it says.
                continue;
            }
            let place = place::resolve(self, &added, found)?;
            if facts.names != Names::Any {
                place::check(self, &added, found, &place)?;
            }
            let steps = crowd.add(found, &place, !self.assuming);
            if steps > facts.steps_max {
                let max = facts.steps_max;
                return Err(StructureError::Crowded { client, clock, steps, max });
            }
            added.branch(self, found.id, &found.content, &place)?;
            added.clocks.insert(client, found.end());
            let run = Run::of(found, found.end() - start, place);
            added.lay(StructId { client, clock: start }, run);
        }
        Ok(added)
    }

    /// Adds what an update brought.
    pub fn absorb(&mut self, added: Ledger) {
        self.clocks.extend(added.clocks);
        self.branches.extend(added.branches);
        for (id, run) in added.runs {
            self.lay(id, run);
        }
    }

    fn clock(&self, client: u64) -> u32 {
        let unlisted = if self.assuming { u32::MAX } else { 0 };
        self.clocks.get(&client).copied().unwrap_or(unlisted)
    }

    /// Rule X5: everything an update builds on is in the document or in itself.
    fn check_gaps(&self, facts: &UpdateFacts) -> Result<(), StructureError> {
        let reach = |client: u64| {
            let brought = facts.clients.get(&client).map_or(0, |range| range.until);
            brought.max(self.clock(client))
        };
        let starts = facts.clients.iter().map(|(client, range)| (*client, range.from));
        for (client, need) in starts {
            let have = self.clock(client);
            if need > have {
                return Err(StructureError::Gap { client, have, need });
            }
        }
        // An update alone cannot tell how far the clients that it builds on go.
        let known_deletes = facts.deletes.iter().filter(|_| !self.assuming);
        let deleted = known_deletes.map(|range| (range.client, range.until));
        let needed = facts.structs.iter().flat_map(Struct::needs);
        let needed = needed.map(|id| (id.client, id.clock.saturating_add(1)));
        for (client, need) in deleted.chain(needed) {
            let have = reach(client);
            if need > have {
                return Err(StructureError::Gap { client, have, need });
            }
        }
        Ok(())
    }

    fn branch(
        &mut self,
        base: &Ledger,
        id: StructId,
        content: &Content,
        place: &Place,
    ) -> Result<(), StructureError> {
        let kind = match content {
            Content::Element(Some(node)) => Kind::Known(*node),
            Content::Element(None) | Content::Shared => Kind::Newer,
            Content::TextRun => Kind::TextRun,
            Content::Collected
            | Content::Deleted
            | Content::Text
            | Content::Mark
            | Content::Value(_)
            | Content::Foreign => return Ok(()),
        };
        let depth = match place {
            Place::Inside { id } => {
                place::branch_at(base, self, *id).map_or(1, |at| at.depth.saturating_add(1))
            }
            Place::Attribute { of, .. } => {
                place::branch_at(base, self, *of).map_or(1, |at| at.depth.saturating_add(1))
            }
            Place::Field { .. } | Place::Entry { .. } | Place::Nowhere => 1,
        };
        if depth > DEPTH_MAX {
            let StructId { client, clock } = id;
            return Err(StructureError::TooDeep { client, clock, max: DEPTH_MAX });
        }
        self.branches.insert(id, Branch { kind, depth });
        Ok(())
    }

    /// Lays a run, as one with the run before it where the two are alike.
    fn lay(&mut self, id: StructId, run: Run) {
        let before = self.runs.range_mut(..id).next_back();
        match before {
            Some((start, last)) if last.continues(*start, id, &run) => {
                last.len = last.len.saturating_add(run.len);
            }
            _ => drop(self.runs.insert(id, run)),
        }
    }

    fn run_at(&self, id: StructId) -> Option<&Run> {
        let (start, run) = self.runs.range(..=id).next_back()?;
        let end = start.clock.saturating_add(run.len);
        (start.client == id.client && id.clock < end).then_some(run)
    }
}
