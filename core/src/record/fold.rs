//! Folding changes into a record.

use super::{Deed, Publication, Record, TextClients, TextFitError, TextOwner, Trashing, notes};
use crate::change::{Change, Op};
use crate::id::ChangeId;
use crate::register::{Register, Write};
use crate::text::prescan::scan_whole;
use crate::text::{Policy, UpdateFacts};

/// A text of a change: whose it is, and what a scan found in it.
type Scanned = (TextOwner, UpdateFacts);

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
        if self.knows(change.id) || self.waiting.contains_key(&change.id) {
            return Applied::Known;
        }
        let scanned = scan_texts(change);
        if !self.is_ready_for(change, &scanned) {
            self.waiting.insert(change.id, change.clone());
            return Applied::Waits;
        }
        let mut texts = texts_of(change);
        self.fold(change, &scanned);
        while let Some((next, scanned)) = self.next_ready() {
            texts.extend(texts_of(&next));
            self.fold(&next, &scanned);
        }
        self.tidy();
        Applied::Folded { texts }
    }

    /// Takes the next change out of waiting whose turn has come.
    fn next_ready(&mut self) -> Option<(Change, Vec<Scanned>)> {
        let (ready, scanned) = self.waiting.values().find_map(|change| {
            // Most wait for a change of their own device; texts are scanned only for the others.
            let is_next = self.previous(change.id.replica) == change.previous;
            let scanned = is_next.then(|| scan_texts(change))?;
            self.is_ready_for(change, &scanned).then_some((change.id, scanned))
        })?;
        Some((self.waiting.remove(&ready)?, scanned))
    }

    /// Says whether everything that a change builds on is here.
    fn is_ready_for(&self, change: &Change, texts: &[Scanned]) -> bool {
        self.previous(change.id.replica) == change.previous && self.has_text_for(texts)
    }

    fn has_text_for(&self, texts: &[Scanned]) -> bool {
        if texts.is_empty() {
            return true;
        }
        let mut clients = self.text_clients.clone();
        texts.iter().all(|(owner, facts)| {
            let fits = !matches!(clients.check(*owner, facts), Err(TextFitError::Gap { .. }));
            clients.advance(*owner, facts);
            fits
        })
    }

    fn fold(&mut self, change: &Change, texts: &[Scanned]) {
        self.frontier.insert(change.id.replica, change.id.counter);
        self.schema = self.schema.max(change.schema);
        for op in &change.ops {
            self.fold_op(change, op);
        }
        for (owner, facts) in texts {
            self.text_clients.advance(*owner, facts);
        }
        let deed = deed_of(change);
        if change.ops.iter().any(Op::is_edit) {
            self.last_edits.insert(change.id.replica, deed);
        }
        if change.ops.iter().any(Op::is_own_edit) {
            self.last_own_edits.insert(change.id.replica, change.id.counter);
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
        let has_come =
            |id: ChangeId| frontier.get(&id.replica).is_some_and(|counter| *counter >= id.counter);
        self.publication.tidy(has_come);
        self.trashing.tidy(has_come);
        for field in self.fields.values_mut() {
            field.tidy(has_come);
        }
    }
}

/// Scans the texts of a change; an update that does not scan says nothing.
///
/// Which names it may hold was the gate's question, so all of Yjs is read here: what a newer
/// version wrote counts as written.
fn scan_texts(change: &Change) -> Vec<Scanned> {
    let scan = |op: &Op| {
        let facts = scan_whole(op.update()?, &Policy::UPDATE.any()).ok()?;
        Some((TextOwner::of(change.id.replica, op), facts))
    };
    change.ops.iter().filter_map(scan).collect()
}

fn texts_of(change: &Change) -> Vec<Vec<u8>> {
    change.ops.iter().filter_map(Op::update).cloned().collect()
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
