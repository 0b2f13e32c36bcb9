//! Folding changes into a record.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::{Deed, Publication, Record, TextClients, TextOwner, Trashing, notes};
use crate::change::{Change, Op};
use crate::id::{ChangeId, ReplicaId};
use crate::register::{Register, Write};
use crate::text::prescan::scan_whole;
use crate::text::{Policy, UpdateFacts};

/// A text of a change: whose it is, and what a scan found in it. One that does not scan says
/// nothing.
pub(crate) type Scanned = (TextOwner, Option<UpdateFacts>);

/// What became of a change, with everything that tells which of its texts are words.
pub(crate) enum Taken {
    Folded(Brought),
    Known,
    Waits,
}

/// The texts that became known together, in the order in which they fit.
#[derive(Default)]
pub(crate) struct Brought {
    pub(crate) texts: Vec<BroughtText>,
    /// Whether one of them takes a Yjs client from another owner.
    pub(crate) overtakes: bool,
}

/// A text, whose it is, and the Yjs clients that it writes under.
pub(crate) struct BroughtText {
    pub(crate) owner: TextOwner,
    pub(crate) clients: Vec<u64>,
    pub(crate) update: Vec<u8>,
}

/// What became of a change that was given to the fold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was folded in, and with it others that had waited for it, if any.
    /// `texts` are the text updates among them, in the order in which they fit.
    Folded { texts: Vec<Vec<u8>> },
    /// It was known already; nothing changed.
    Known,
    /// It waits for what it builds on; nothing shows yet.
    Waits,
}

impl Record {
    /// Takes in a change. Total: every change is folded in, known or waits.
    pub fn apply(&mut self, change: &Change) -> Applied {
        match self.take_in(change) {
            Taken::Folded(brought) => {
                let texts = brought.texts.into_iter().map(|text| text.update);
                Applied::Folded { texts: texts.collect() }
            }
            Taken::Known => Applied::Known,
            Taken::Waits => Applied::Waits,
        }
    }

    /// Takes in a change, as [`Record::apply`], and tells whose the texts are.
    pub(crate) fn take_in(&mut self, change: &Change) -> Taken {
        if self.knows(change.id) || self.waiting.contains_key(&change.id) {
            return Taken::Known;
        }
        self.take_in_scanned(change, scan_texts(change))
    }

    /// Takes in a change that is not known here, whose texts were scanned already.
    pub(crate) fn take_in_scanned(&mut self, change: &Change, scanned: Vec<Scanned>) -> Taken {
        if !self.is_ready_for(change, &scanned) {
            self.waiting.insert(change.id, change.clone());
            return Taken::Waits;
        }
        let mut brought = Brought::default();
        self.fold(change, scanned, &mut brought);
        if !self.waiting.is_empty() {
            self.fold_what_waited(change, &mut brought);
        }
        self.tidy();
        Taken::Folded(brought)
    }

    /// Folds what waited for a change, and what waited for that.
    ///
    /// A change waits for its device's change before it, or for a text. So of each device only
    /// the next one is looked at, and of another device only after a text came: to look through
    /// all that waits for each that is folded would take as long as the square of it.
    fn fold_what_waited(&mut self, change: &Change, brought: &mut Brought) {
        let mut devices = self.moved_by(change);
        let mut scans: BTreeMap<ChangeId, Vec<Scanned>> = BTreeMap::new();
        while let Some(device) = devices.pop_first() {
            let Some(next) = self.next_of(device) else { continue };
            let scanned = scans.remove(&next.id).unwrap_or_else(|| scan_texts(next));
            if !self.has_text_for(&scanned) {
                scans.insert(next.id, scanned);
                continue;
            }
            let id = next.id;
            let Some(next) = self.waiting.remove(&id) else { continue };
            self.fold(&next, scanned, brought);
            devices.extend(self.moved_by(&next));
        }
    }

    /// Lists the devices of which something may be folded now that a change was.
    fn moved_by(&self, folded: &Change) -> BTreeSet<ReplicaId> {
        let brings_text = folded.ops.iter().any(|op| op.update().is_some());
        let first = self.waiting.keys().next().filter(|_| brings_text).map(|id| id.replica);
        let next = |device: &ReplicaId| {
            let last = ChangeId { replica: *device, counter: u64::MAX };
            let mut beyond = self.waiting.range((Bound::Excluded(last), Bound::Unbounded));
            beyond.next().map(|(id, _)| id.replica)
        };
        std::iter::successors(first, next).chain([folded.id.replica]).collect()
    }

    /// Finds the waiting change of a device that follows what is folded of it.
    fn next_of(&self, replica: ReplicaId) -> Option<&Change> {
        let previous = self.previous(replica);
        let from = ChangeId { replica, counter: previous };
        let later = self.waiting.range(from..=ChangeId { replica, counter: u64::MAX });
        later.map(|(_, change)| change).find(|change| change.previous == previous)
    }

    /// Says whether everything that a change builds on is here.
    fn is_ready_for(&self, change: &Change, texts: &[Scanned]) -> bool {
        self.previous(change.id.replica) == change.previous && self.has_text_for(texts)
    }

    fn has_text_for(&self, texts: &[Scanned]) -> bool {
        let mut scanned = texts.iter().filter_map(|(owner, facts)| Some((owner, facts.as_ref()?)));
        if let [(_, only)] = texts {
            return only.as_ref().is_none_or(|facts| self.text_clients.check_gaps(facts).is_ok());
        }
        let mut clients = self.text_clients.clone();
        scanned.all(|(owner, facts)| {
            let fits = clients.check_gaps(facts).is_ok();
            clients.advance(*owner, facts);
            fits
        })
    }

    fn fold(&mut self, change: &Change, texts: Vec<Scanned>, brought: &mut Brought) {
        self.frontier.note(change.id);
        self.schema = self.schema.max(change.schema);
        for op in &change.ops {
            self.fold_op(change, op);
        }
        for (update, (owner, facts)) in change.ops.iter().filter_map(Op::update).zip(texts) {
            let facts = facts.unwrap_or_default();
            brought.overtakes |= self.text_clients.advance(owner, &facts);
            let clients = facts.clients.into_keys().collect();
            brought.texts.push(BroughtText { owner, clients, update: update.clone() });
        }
        let deed = deed_of(change);
        if change.ops.iter().any(Op::is_edit) {
            self.last_edits.insert(change.id.replica, deed);
        }
        if change.ops.iter().any(Op::is_own_edit) {
            self.last_own_edits.note(change.id);
        }
        // Whoever adopts or suggests writes beside the record, and changes nothing that it says.
        if !change.ops.iter().all(Op::is_beside) {
            self.modified = self.modified.max(Some(deed));
        }
    }

    fn fold_op(&mut self, change: &Change, op: &Op) {
        let id = change.id;
        match op {
            Op::Create { kind } => self.fold_create(change, *kind),
            Op::SetField { field, value, replaces } => {
                let state = self.fields.entry(*field).or_default();
                state.single.apply(id, write(change, value.clone()), replaces);
            }
            Op::AddToSet { field, value } => {
                self.fields.entry(*field).or_default().add(id, value, write(change, ()));
            }
            Op::RemoveFromSet { field, value, removes } => {
                self.fields.entry(*field).or_default().remove(id, value, removes);
            }
            Op::PutItem { field, item, value, replaces } => {
                let state = self.fields.entry(*field).or_default();
                let item = state.items.entry(*item).or_default();
                item.value.apply(id, write(change, value.clone()), replaces);
                item.removals.retire(id, replaces);
            }
            Op::PlaceItem { field, item, position, replaces } => {
                let state = self.fields.entry(*field).or_default();
                let item = state.items.entry(*item).or_default();
                item.position.apply(id, write(change, position.clone()), replaces);
            }
            Op::RemoveItem { field, item, removes } => {
                let state = self.fields.entry(*field).or_default();
                let item = state.items.entry(*item).or_default();
                item.value.retire(id, removes);
                item.removals.apply(id, write(change, ()), removes);
            }
            Op::Text { schema, .. } | Op::Accept { schema, .. } => {
                self.text_schema = self.text_schema.max(*schema);
            }
            Op::Receive { origin, knew, schema, .. } => {
                self.text_schema = self.text_schema.max(*schema);
                self.receive(*origin, knew, deed_of(change));
            }
            Op::Publish { published, replaces, version, reason } => {
                let (version, reason) = (version.as_ref(), reason.as_ref());
                let publication = Publication::of(change, *published, version, reason);
                self.publication.apply(id, write(change, publication), replaces);
            }
            Op::Discuss { deed } => self.discussion.get_or_insert_default().fold(change, deed),
            Op::Note { note } => notes::fold(self.notes.get_or_insert_default(), change, note),
            Op::Trash { trashed, replaces, knew } => {
                let trashing = Trashing { trashed: *trashed, knew: knew.clone() };
                self.trashing.apply(id, write(change, trashing), replaces);
            }
        }
    }

    /// Keeps the earliest `create`, should a hostile device have made two.
    fn fold_create(&mut self, change: &Change, kind: crate::schema::Kind) {
        let deed = deed_of(change);
        if self.created.is_none_or(|first| deed < first) {
            self.created = Some(deed);
            self.kind = Some(kind);
        }
    }

    /// Forgets the replaced writes that have come, so that equal sets give equal bytes.
    fn tidy(&mut self) {
        let frontier = &self.frontier;
        let has_come = |id: ChangeId| frontier.knows(id);
        self.publication.tidy(has_come);
        self.trashing.tidy(has_come);
        for field in self.fields.values_mut() {
            field.tidy(has_come);
        }
    }
}

/// Scans the texts of a change.
///
/// Which names it may hold was the gate's question, so all of Yjs is read here: what a newer
/// version wrote counts as written.
pub(crate) fn scan_texts(change: &Change) -> Vec<Scanned> {
    let scan = |op: &Op| {
        let facts = scan_whole(op.update()?, &Policy::UPDATE.any()).ok();
        Some((TextOwner::of(change.id.replica, op), facts))
    };
    change.ops.iter().filter_map(scan).collect()
}

/// Makes a live write of what a change says.
pub(super) fn write<T>(change: &Change, value: T) -> Write<T> {
    Write { value, stamp: change.stamp, author: change.author }
}

fn deed_of(change: &Change) -> Deed {
    Deed { stamp: change.stamp, change: change.id, author: change.author }
}

impl<T> Register<T> {
    /// Says whether the live writes differ in what `aspect` sees.
    pub(super) fn disagrees_on<A: PartialEq>(&self, aspect: impl Fn(&T) -> A) -> bool {
        let live = self.live();
        let mut aspects = live.iter().map(|(_, write)| aspect(&write.value));
        aspects.next().is_some_and(|first| aspects.any(|other| other != first))
    }
}

impl TextClients {
    /// Says whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
