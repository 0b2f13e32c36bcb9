//! Comments that wait on the simulated server's machine, apart from its log.
//!
//! They survive a crash, for each is stored in one step; a backup has none of them, so a restored
//! server has lost what waited. How much may come from one address is a matter of the real rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use talkoot_core::id::{CommentId, RecordId};
use talkoot_server::held::{
    Arrival, BLOCK_MS, Decider, Decision, Held, HeldStore, Standing, Taken,
};
use talkoot_server::store::Answer;

use super::store::{SimStore, locked};
use crate::world::sabotage::Sabotage;

/// The comments of one server.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeldKept {
    rows: BTreeMap<CommentId, Row>,
    /// Who is kept out, and until when.
    blocked: BTreeMap<[u8; 32], u64>,
}

#[derive(Clone, Debug)]
struct Row {
    record: RecordId,
    /// Gone once it was decided about.
    arrival: Option<Arrival>,
    decision: Option<Decision>,
}

impl HeldKept {
    /// Says how a comment stands, if it came.
    pub(crate) fn standing(&self, id: CommentId) -> Option<Standing> {
        let Row { record, decision, .. } = self.rows.get(&id)?;
        let record = *record;
        Some(match decision {
            None => Standing::Waits { record },
            Some(Decision::Published) => Standing::Published { record },
            Some(Decision::Rejected { .. }) => Standing::Rejected { record },
        })
    }

    fn take(&mut self, arrival: Arrival) -> Taken {
        if self.rows.contains_key(&arrival.id) {
            return Taken::Known;
        }
        let until_ms = self.blocked.get(&arrival.sender.hash).copied().unwrap_or(0);
        if arrival.arrived_ms < until_ms {
            return Taken::Blocked;
        }
        let (id, record) = (arrival.id, arrival.record);
        self.rows.insert(id, Row { record, arrival: Some(arrival), decision: None });
        Taken::Held
    }

    fn waiting(&mut self, now_ms: u64) -> Vec<Held> {
        self.blocked.retain(|_, until_ms| now_ms < *until_ms);
        let mut waiting: Vec<&Arrival> =
            self.rows.values().filter_map(|row| row.arrival.as_ref()).collect();
        waiting.sort_by_key(|it| (it.arrived_ms, it.id));
        let held = |it: &Arrival| Held {
            id: it.id,
            record: it.record,
            typed: it.typed.clone(),
            written_ms: it.written_ms,
            arrived_ms: it.arrived_ms,
            has_sender: it.sender.is_known,
        };
        waiting.into_iter().map(held).collect()
    }

    fn decide(&mut self, id: CommentId, decision: Decision, by: Decider) -> bool {
        let Some(row) = self.rows.get_mut(&id) else { return false };
        let Some(arrival) = row.arrival.take() else { return false };
        if matches!(decision, Decision::Rejected { blocks: true, .. }) && arrival.sender.is_known {
            self.blocked.insert(arrival.sender.hash, by.now_ms.saturating_add(BLOCK_MS));
        }
        row.decision = Some(decision);
        true
    }
}

/// The comments of a server, asked for through the door of its disk.
pub(super) struct SimHeld(pub(super) Arc<SimStore>);

impl SimHeld {
    fn ask<'a, T: Send + 'a>(
        &'a self,
        work: impl FnOnce(&mut HeldKept) -> T + Send + 'a,
    ) -> Answer<'a, T> {
        Box::pin(async move {
            self.0.door.pass("held").await?;
            Ok(work(&mut locked(&self.0.held)))
        })
    }
}

impl HeldStore for SimHeld {
    fn take(&self, arrival: Arrival) -> Answer<'_, Taken> {
        self.ask(|kept| kept.take(arrival))
    }

    fn waiting(&self, now_ms: u64) -> Answer<'_, Vec<Held>> {
        self.ask(move |kept| kept.waiting(now_ms))
    }

    fn standing(&self, id: CommentId) -> Answer<'_, Option<Standing>> {
        let lies = self.0.is(Sabotage::DecideTwice);
        self.ask(move |kept| match kept.standing(id) {
            Some(standing) if lies => Some(Standing::Waits { record: standing.record() }),
            standing => standing,
        })
    }

    fn decide(&self, id: CommentId, decision: Decision, by: Decider) -> Answer<'_, bool> {
        let lies = self.0.is(Sabotage::DecideTwice);
        self.ask(move |kept| kept.decide(id, decision, by) || lies)
    }
}
