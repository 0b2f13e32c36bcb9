//! The order in which an update's structs can be integrated.
//!
//! Each client's structs come by rising clock, and a struct comes after
//! everything it needs. Where there is no such order, yrs would keep structs
//! back as pending; the update is refused instead.

use std::collections::{BTreeMap, BTreeSet};

use super::super::prescan::{Struct, StructId, UpdateFacts};
use super::{Ledger, StructureError};

/// One client's structs and how many of them are placed.
struct Queue<'a> {
    structs: &'a [Struct],
    next: usize,
    clock: u32,
}

/// A client whose structs are being placed, and the one somebody waits for.
struct Wanted {
    client: u64,
    until: Option<StructId>,
}

/// Puts the structs in an order in which each finds what it needs.
pub(super) fn by_need<'a>(
    base: &Ledger,
    facts: &'a UpdateFacts,
) -> Result<Vec<&'a Struct>, StructureError> {
    let mut queues = queues(facts);
    let mut ordered = Vec::with_capacity(facts.structs.len());
    let clients: Vec<u64> = queues.keys().copied().collect();
    for client in clients {
        let mut stack = vec![Wanted { client, until: None }];
        let mut on_stack = BTreeSet::from([client]);
        while let Some(wanted) = stack.last() {
            match advance(base, &mut queues, wanted, &mut ordered) {
                Some(need) if on_stack.insert(need.client) => {
                    stack.push(Wanted { client: need.client, until: Some(need) });
                }
                Some(need) => return Err(StructureError::Circle { client: need.client }),
                None => {
                    on_stack.remove(&wanted.client);
                    stack.pop();
                }
            }
        }
    }
    Ok(ordered)
}

fn queues(facts: &UpdateFacts) -> BTreeMap<u64, Queue<'_>> {
    let groups = facts.structs.chunk_by(|left, right| left.id.client == right.id.client);
    let queue = |structs: &'_ [Struct]| {
        let first = structs.first()?;
        Some((first.id.client, first.id.clock))
    };
    groups
        .filter_map(|structs| {
            let (client, clock) = queue(structs)?;
            Some((client, Queue { structs, next: 0, clock }))
        })
        .collect()
}

/// Places a client's structs up to the wanted one, or to one that needs what is
/// not placed yet; gives that need.
fn advance<'a>(
    base: &Ledger,
    queues: &mut BTreeMap<u64, Queue<'a>>,
    wanted: &Wanted,
    ordered: &mut Vec<&'a Struct>,
) -> Option<StructId> {
    loop {
        if wanted.until.is_some_and(|until| is_placed(base, queues, until)) {
            return None;
        }
        let queue = queues.get(&wanted.client)?;
        let found = queue.structs.get(queue.next)?;
        let missing = found.needs().find(|need| !is_placed(base, queues, *need));
        if missing.is_some() {
            return missing;
        }
        let queue = queues.get_mut(&wanted.client)?;
        queue.next += 1;
        queue.clock = found.end();
        ordered.push(found);
    }
}

fn is_placed(base: &Ledger, queues: &BTreeMap<u64, Queue<'_>>, need: StructId) -> bool {
    let brought = queues.get(&need.client).is_some_and(|queue| need.clock < queue.clock);
    brought || need.clock < base.clock(need.client)
}
