//! The changes of a record one after the other, as they came about.
//!
//! Stamps say when; a clock that goes wrong may say so of a change that others build on. So a
//! change stands behind whatever it builds on: its device's change before it, the writes that it
//! replaces, the text that its text needs. All this is said by the changes themselves, so every
//! device finds the same line.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Change, Frontier, Note, Op};
use crate::id::ChangeId;
use crate::record::{Scanned, scan_texts};
use crate::text::prescan::{Struct, UpdateFacts};

/// A place in the text of a record: a Yjs client, and the clock up to which it is asked.
type Reach = (u64, u32);

/// A change in its place.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    pub(super) change: &'a Change,
    /// Its time in milliseconds: never later than the time of what builds on it.
    pub(super) at_ms: u64,
    /// What a scan found in its texts; to scan them is most of the work of folding it.
    pub(super) scanned: Vec<Scanned>,
}

/// Puts changes into their order, each once.
pub(super) fn in_order(changes: &[Change]) -> Vec<Placed<'_>> {
    let by_id: BTreeMap<ChangeId, &Change> =
        changes.iter().rev().map(|change| (change.id, change)).collect();
    let mut by_time: Vec<&Change> = by_id.into_values().collect();
    by_time.sort_by_key(|change| (change.stamp, change.id));
    let mut texts: Vec<Vec<Scanned>> = by_time.iter().map(|change| scan_texts(change)).collect();
    let order = Foundations::of(&by_time, &texts).order();
    let placed = order.into_iter().filter_map(|at| {
        let (change, scanned) = (*by_time.get(at)?, std::mem::take(texts.get_mut(at)?));
        Some(Placed { change, at_ms: change.stamp.wall_ms, scanned })
    });
    let mut line: Vec<Placed<'_>> = placed.collect();
    let mut latest_ms = u64::MAX;
    for placed in line.iter_mut().rev() {
        latest_ms = latest_ms.min(placed.at_ms);
        placed.at_ms = latest_ms;
    }
    line
}

/// What each change builds on, by its place in the order of time.
struct Foundations {
    below: Vec<Vec<usize>>,
}

impl Foundations {
    fn of(by_time: &[&Change], texts: &[Vec<Scanned>]) -> Self {
        let places: BTreeMap<ChangeId, usize> =
            by_time.iter().enumerate().map(|(at, change)| (change.id, at)).collect();
        let mut brought: BTreeMap<Reach, usize> = BTreeMap::new();
        for (at, facts) in texts.iter().enumerate() {
            for (client, range) in facts_of(facts).flat_map(|facts| &facts.clients) {
                brought.entry((*client, range.until)).or_insert(at);
            }
        }
        let below = by_time.iter().zip(texts).map(|(change, facts)| {
            let named = named_by(change).into_iter();
            let named = named.filter_map(|id| places.get(&id).copied());
            let needed = facts_of(facts).flat_map(needs_of).filter_map(|(client, clock)| {
                // The nearest that reaches so far; how it came so far is its own foundation.
                let mut reaching = brought.range((client, clock)..);
                reaching.next().filter(|((of, _), _)| *of == client).map(|(_, at)| *at)
            });
            named.chain(needed).collect()
        });
        Self { below: below.collect() }
    }

    /// Walks through time and takes what a change builds on before it. Bytes that lie may build
    /// on each other; then time decides.
    fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.below.len());
        let (mut placed, mut opened) = (BTreeSet::new(), BTreeSet::new());
        for first in 0..self.below.len() {
            let mut path = vec![first];
            while let Some(at) = path.last().copied() {
                if placed.contains(&at) {
                    path.pop();
                } else if opened.insert(at) {
                    let below = self.below.get(at).into_iter().flatten().copied();
                    path.extend(below.filter(|it| !opened.contains(it)));
                } else {
                    path.pop();
                    placed.insert(at);
                    order.push(at);
                }
            }
        }
        order
    }
}

fn facts_of(scanned: &[Scanned]) -> impl Iterator<Item = &UpdateFacts> {
    scanned.iter().filter_map(|(_, facts)| facts.as_ref())
}

/// Lists the changes that a change names.
fn named_by(change: &Change) -> Vec<ChangeId> {
    let replica = change.id.replica;
    let mut named = vec![ChangeId { replica, counter: change.previous }];
    for op in &change.ops {
        match op {
            Op::SetField { replaces, .. }
            | Op::PutItem { replaces, .. }
            | Op::PlaceItem { replaces, .. } => named.extend(replaces),
            Op::Publish { replaces, version, .. } => {
                named.extend(replaces);
                named.extend(version.iter().flat_map(Frontier::ends));
            }
            Op::RemoveFromSet { removes, .. } | Op::RemoveItem { removes, .. } => {
                named.extend(removes);
            }
            Op::Trash { replaces, knew, .. } => {
                named.extend(replaces);
                named.extend(knew.ends());
            }
            Op::Discuss { deed } => named.extend(deed.named()),
            Op::Note { note: Note::Follow { replaces, .. } } => named.extend(replaces),
            Op::Note { note: Note::Read { .. } }
            | Op::Create { .. }
            | Op::AddToSet { .. }
            | Op::Text { .. }
            | Op::Receive { .. }
            | Op::Accept { .. } => {}
        }
    }
    named
}

/// Says how far each client of the text has to have come before an update fits.
fn needs_of(facts: &UpdateFacts) -> BTreeMap<u64, u32> {
    let built_on = facts.structs.iter().flat_map(Struct::needs);
    let built_on = built_on.map(|id| (id.client, id.clock.saturating_add(1)));
    let deleted = facts.deletes.iter().map(|range| (range.client, range.until));
    let mut needs: BTreeMap<u64, u32> = BTreeMap::new();
    for (client, clock) in built_on.chain(deleted) {
        if !facts.clients.contains_key(&client) {
            let needed = needs.entry(client).or_insert(0);
            *needed = clock.max(*needed);
        }
    }
    needs.extend(facts.clients.iter().map(|(client, range)| (*client, range.from)));
    needs.retain(|_, clock| *clock > 0);
    needs
}
