//! Transfer files on a device: what goes into one, and one transaction for what one brings.

use std::collections::BTreeSet;

use talkoot_core::change::Change;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::PublicKey;
use talkoot_core::stamp;
use talkoot_core::sync::client::Event;
use talkoot_core::sync::message::{Entry, Page};
use talkoot_core::transfer::{self, Held, Link, Maker, Slice, Trust};

use super::Device;
use super::disk::{WITHDRAWN, Write};

impl Device {
    /// Packs what lies here of some records, or what the server may lack of all.
    pub(crate) fn pack(&self, record: Option<RecordId>, makers: Vec<Maker>) -> Vec<u8> {
        let unsent = |id: ChangeId| self.disk.owed.contains_key(&id) || self.disk.waits(id);
        let all =
            self.disk.changes.iter().flat_map(|(record, all)| {
                all.iter().map(move |arrived| (*record, &arrived.signed))
            });
        let chosen = all.filter(|(of, signed)| match record {
            Some(record) => *of == record,
            None => signed.open().is_ok_and(|change| unsent(change.id)),
        });
        let changes = chosen.map(|(_, signed)| signed.clone()).collect();
        let slice = Slice { made_ms: self.disk.stamp.wall_ms, changes, makers };
        transfer::write(&slice, &self.author.key).unwrap_or_default()
    }

    /// Takes a file in; gives what it brought; nothing at all if it was refused.
    pub(crate) fn unpack(
        &mut self,
        file: &[u8],
        server: PublicKey,
        world_ms: u64,
    ) -> Option<BTreeSet<ChangeId>> {
        let transfer = transfer::read(file).ok()?;
        let before = self.disk.shelf.clone();
        let on_shelf = before.changes.iter().filter_map(|signed| signed.open().ok());
        let records = transfer.records().into_iter().chain(on_shelf.map(|change| change.record));
        let trust = Trust {
            servers: [server].into(),
            makers: self.disk.makers.clone(),
            approved: [(self.author.replica(), self.author.account)].into(),
        };
        let sorting = transfer::sort(&transfer, &before, &self.held(&records.collect()), &trust);
        let now_ms = self.now_ms(world_ms);
        let mut stamp = self.disk.stamp;
        // What this device made itself goes only where the server refuses it.
        let own = self.author.replica();
        let withdrawn: BTreeSet<ChangeId> =
            sorting.withdrawn.iter().filter(|id| id.replica != own).copied().collect();
        let mut again = self.records_of(&withdrawn);
        let mut writes = vec![Write::Withdraw(withdrawn)];
        let mut taken = BTreeSet::new();
        for (change, signed) in &sorting.taken {
            stamp = stamp::observe(stamp, change.stamp, now_ms);
            taken.insert(change.id);
            writes.push(Write::Change { record: change.record, signed: signed.clone() });
        }
        let mut sight = self.disk.sight.clone();
        let is_new = |record: &&RecordId| !self.disk.changes.contains_key(record);
        let records = sorting.taken.iter().map(|(change, _)| change.record);
        for record in records.collect::<BTreeSet<_>>().iter().filter(is_new) {
            sight.carried(*record);
        }
        writes.push(Write::Reached { cursor: self.disk.cursor, sight });
        writes.push(Write::Owe(taken.clone()));
        writes.push(Write::Counters { counter: self.disk.counter, stamp });
        writes.push(Write::Shelf(sorting.shelf, sorting.learnt));
        if !self.disk.commit(writes) {
            return Some(BTreeSet::new());
        }
        for (change, _) in &sorting.taken {
            self.show(change);
            self.pass_to_editor(change.record, &change.ops);
        }
        while let Some(record) = again.pop_first() {
            self.fold_anew(record);
        }
        self.offer_owed();
        Some(taken)
    }

    /// Tells its machine that something is owed.
    fn offer_owed(&mut self) {
        if !self.disk.owed.is_empty() {
            self.tell(Event::OwedGrew);
        }
    }

    /// Gives what is here of some records; what the server refused does not come back by a file,
    /// what a maker took back may.
    fn held(&self, records: &BTreeSet<RecordId>) -> Held {
        let mut held = Held::default();
        let here = records.iter().filter_map(|record| self.disk.changes.get(record)).flatten();
        let refused = self.disk.asides.iter().filter(|aside| aside.code != WITHDRAWN);
        let aside = refused.flat_map(|aside| &aside.changes);
        let all = here.map(|arrived| &arrived.signed).chain(aside.map(|waiting| &waiting.signed));
        for signed in all {
            if let Ok(change) = signed.open() {
                held.changes.insert(change.id, signed.clone());
            }
        }
        let open = records.iter().filter_map(|id| Some((*id, self.open.get(id)?.record.clone())));
        held.records = open.collect();
        let outbox = self.disk.outbox.values().map(|waiting| waiting.id);
        held.owed = self.disk.owed.keys().copied().chain(outbox).collect();
        held
    }

    /// Finds what came on a stick and was taken back by its maker since, as a page shows, and the
    /// records that are folded again without it.
    pub(super) fn taken_back(
        &self,
        page: &Page,
        brought: &BTreeSet<ChangeId>,
        new: &[Change],
    ) -> (BTreeSet<ChangeId>, BTreeSet<RecordId>) {
        let touched = page.entries.iter().filter_map(|entry| match entry {
            Entry::Change { record, .. } => Some(*record),
            Entry::Conceal { .. } => None,
        });
        let touched: BTreeSet<RecordId> = touched.filter(|it| self.disk.owes_of(*it)).collect();
        let mut gone = BTreeSet::new();
        for record in touched {
            let here = self.disk.changes.get(&record).into_iter().flatten();
            let here = here.filter_map(|arrived| arrived.signed.open().ok());
            let links = here.map(|change| {
                let is_owed = self.disk.owed.contains_key(&change.id);
                let is_unsent = is_owed || self.disk.waits(change.id);
                Link::of(&change, brought.contains(&change.id) || !is_unsent)
            });
            let new = new.iter().filter(|change| change.record == record);
            let new = new.map(|change| Link::of(change, true));
            gone.extend(transfer::withdrawn(links.chain(new)));
        }
        // What this device made itself goes only where the server refuses it.
        let own = self.author.replica();
        gone.retain(|id| id.replica != own && self.disk.owed.contains_key(id));
        let again = self.records_of(&gone);
        (gone, again)
    }

    fn records_of(&self, ids: &BTreeSet<ChangeId>) -> BTreeSet<RecordId> {
        let owed = ids.iter().filter_map(|id| self.disk.owed.get(id));
        owed.map(|place| place.record).collect()
    }
}
