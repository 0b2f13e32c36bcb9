//! A moderator's desk: which open comments wait, and what was published from here.
//!
//! It is memory only; what was published lies in the outbox like every change.

use talkoot_core::access::{Deal, may};
use talkoot_core::change::Op;
use talkoot_core::comment::{Approved, Typed, personal, publish};
use talkoot_core::id::{CommentId, ItemId};
use talkoot_core::language::Language;
use talkoot_server::held::Held;

use super::{Deed, Device};
use crate::world::Chance;
use crate::world::sabotage::Sabotage;

/// What a moderator has on the desk.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// What waits, as far as the server said.
    pub(crate) queue: Vec<Held>,
    /// What was published here and the server has not said that it knows.
    pub(crate) published: Vec<CommentId>,
}

impl Desk {
    /// Takes in what the server says that waits.
    pub(crate) fn lists(&mut self, held: Vec<Held>) {
        self.queue = held;
        // The change that publishes one may still be on its way.
        self.queue.retain(|it| !self.published.contains(&it.id));
    }

    /// Forgets a comment that was decided about.
    pub(crate) fn forget(&mut self, id: CommentId) {
        self.queue.retain(|it| it.id != id);
        self.published.retain(|it| *it != id);
    }
}

impl Device {
    /// Publishes a comment from the desk without what is personal in it.
    pub(crate) fn publish_comment(
        &mut self,
        held: &Held,
        chance: &mut Chance,
        world_ms: u64,
    ) -> Deed {
        let Some(open) = self.records().get(&held.record) else { return Deed::Nothing };
        let unfit = self.is_too_old_for(open) || self.is_partial(held.record);
        if unfit || !may(&self.caller(), &open.record, Deal::Edit) {
            return Deed::Nothing;
        }
        let typed = match self.sabotage {
            Some(Sabotage::KeepRemoved) => held.typed.clone(),
            _ => read_over(&held.typed, chance.below(4) == 0),
        };
        let Held { id, written_ms, arrived_ms, .. } = *held;
        let approved = Approved { id, typed, written_ms, arrived_ms };
        let mut ops = publish(&open.record, &approved);
        if self.sabotage == Some(Sabotage::PublishTwice) {
            name_anew(&mut ops, ItemId(chance.next()));
        }
        let deed =
            if ops.is_empty() { Deed::Saved } else { self.commit(held.record, ops, world_ms) };
        if deed == Deed::Saved {
            self.desk.queue.retain(|it| it.id != id);
            self.desk.published.push(id);
        }
        deed
    }
}

/// Takes out what has the form of personal data, and the name where somebody asks for that.
fn read_over(typed: &Typed, hides_name: bool) -> Typed {
    let mut words = typed.words.clone();
    for found in personal::find(&typed.words).into_iter().rev() {
        words = personal::remove(&words, found.place, found.what, Language::Finnish);
    }
    let whole = 0..typed.name.len();
    let name = if hides_name {
        personal::remove(&typed.name, whole, personal::Personal::Name, Language::Finnish)
    } else {
        typed.name.clone()
    };
    Typed { words, name, ..typed.clone() }
}

fn name_anew(ops: &mut [Op], fresh: ItemId) {
    for op in ops {
        if let Op::PutItem { item, .. } | Op::PlaceItem { item, .. } = op {
            *item = fresh;
        }
    }
}
