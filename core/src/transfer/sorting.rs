//! Sorting a transfer file: what of it is taken in here, and what it says of each change.
//!
//! What travelled by stick is judged as a fact, not as an intent: it happened, and who has the
//! same files has to end with the same records, in whatever order they came (rules J6, J7). So
//! only what holds everywhere is asked: is it whole, whose is it, does it have the form that its
//! kind has. Whether its author may do that is asked by the server when it comes there, at
//! [`crate::access::admit`], as of every other change that was made without it.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Link, withdrawn};
use super::maker::{Maker, Makers};
use super::shelf::Shelf;
use super::{Transfer, in_order};
use crate::access::{Refusal, check_fact};
use crate::change::Change;
use crate::choice::{Choice, choices};
use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
use crate::record::Record;
use crate::sign::{PublicKey, SignedChange};

/// What is held here of the records that a file, or the shelf, is about: all their changes, and
/// the folds. What is left out counts as unknown.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub changes: BTreeMap<ChangeId, SignedChange>,
    pub records: BTreeMap<RecordId, Record>,
    /// The changes that the server is not known to have.
    pub owed: BTreeSet<ChangeId>,
}

/// Whom the one who sorts believes.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The own keys of the programme's server, now and before it was restored.
    pub servers: BTreeSet<PublicKey>,
    pub makers: Makers,
    /// Devices that a member approved as an account's; one's own device belongs here too.
    pub approved: BTreeSet<(ReplicaId, AccountId)>,
}

/// What became of a file. Nothing is changed by it: the edge stores what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorting {
    /// To be stored and folded: proven and new here, in an order that honest clocks make causal.
    pub taken: Vec<(Change, SignedChange)>,
    /// To be taken out here: their makers took them back, as the file shows. Their records are
    /// folded again.
    pub withdrawn: BTreeSet<ChangeId>,
    /// Replaces the shelf that was.
    pub shelf: Shelf,
    /// Makers to keep, so that what was taken can be passed on with its proof.
    pub learnt: Vec<Maker>,
    pub refused: Vec<Refused>,
    /// Every record that the file is about, but for what was refused or waits on the shelf.
    pub records: BTreeMap<RecordId, Tally>,
}

/// What a file does to one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// It was not here before.
    pub is_new: bool,
    pub taken: usize,
    pub known: usize,
    /// Choices that a person has to make and that were not there before.
    pub asks: usize,
}

/// A change that is not taken in, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Absent where not even that could be read.
    pub id: Option<ChangeId>,
    pub code: &'static str,
}

impl Transfer {
    /// Lists the changes that the file names: of these, and of those on the shelf, [`Held`] has
    /// to know which are here.
    pub fn ids(&self) -> BTreeSet<ChangeId> {
        let opened = self.changes.iter().filter_map(|signed| signed.open().ok());
        opened.map(|change| change.id).collect()
    }

    /// Lists the records that the file is about.
    pub fn records(&self) -> BTreeSet<RecordId> {
        let opened = self.changes.iter().filter_map(|signed| signed.open().ok());
        opened.map(|change| change.record).collect()
    }

    /// Cuts the file into pieces of whole records, so that whoever sorts and stores one after
    /// the other can breathe in between; the order of the pieces does not matter.
    pub fn pieces(self, changes_soft_max: usize) -> Vec<Self> {
        let (mut pieces, mut last): (Vec<Self>, _) = (Vec::new(), None);
        let Self { exporter, made_ms, makers, changes } = self;
        for signed in changes {
            let record = signed.open().ok().map(|change| change.record);
            match pieces.last_mut() {
                Some(piece) if piece.changes.len() < changes_soft_max || last == record => {
                    piece.changes.push(signed);
                }
                _ => {
                    let (makers, changes) = (makers.clone(), vec![signed]);
                    pieces.push(Self { exporter, made_ms, makers, changes });
                }
            }
            last = record;
        }
        pieces
    }
}

/// Sorts a file, and with it what waits on the shelf.
pub fn sort(transfer: &Transfer, shelf: &Shelf, held: &Held, trust: &Trust) -> Sorting {
    let mut said: Makers = transfer.makers.iter().copied().collect();
    for maker in shelf.makers.iter().chain(trust.makers.iter()) {
        said.learn(*maker);
    }
    let candidates = [&transfer.changes[..], &shelf.changes].concat();
    let replicas = candidates.iter().filter_map(|signed| signed.open().ok());
    let replicas: BTreeSet<ReplicaId> = replicas.map(|change| change.id.replica).collect();
    let believed = |replica| (replica, trust.believed(&said, replica));
    let believed = replicas.into_iter().map(believed).collect();
    let (done, open) = (Sorting::default(), BTreeMap::new());
    let mut sorter = Sorter { held, trust, said, believed, done, open };
    let mut proven = Vec::new();
    let mut seen: BTreeMap<ChangeId, SignedChange> = BTreeMap::new();
    for signed in in_order(&candidates) {
        let known = |id| held.changes.get(&id).or_else(|| seen.get(&id));
        match sorter.judge(&signed, known) {
            Fate::Proven(change) => {
                seen.insert(change.id, signed.clone());
                proven.push((change, signed));
            }
            Fate::Known(record) => {
                let tally = sorter.tally(record);
                tally.known = tally.known.saturating_add(1);
            }
            Fate::Waits => sorter.done.shelf.changes.push(signed),
            Fate::Refused(id, refusal) => sorter.refuse(id, &refusal),
        }
    }
    let gone = sorter.withdraw(&proven);
    for (change, signed) in proven {
        sorter.take(change, signed, &gone);
    }
    sorter.finish()
}

enum Fate {
    Proven(Change),
    Known(RecordId),
    Waits,
    Refused(Option<ChangeId>, Refusal),
}

struct Sorter<'a> {
    held: &'a Held,
    trust: &'a Trust,
    /// Whatever anybody says of makers, proven or not.
    said: Makers,
    /// Of each replica that made something here, what is believed.
    believed: BTreeMap<ReplicaId, Vec<Maker>>,
    done: Sorting,
    /// The records that something was taken for: as they were, and as they are with it.
    open: BTreeMap<RecordId, (Vec<Choice>, Record)>,
}

impl Sorter<'_> {
    fn judge<'b>(
        &self,
        signed: &SignedChange,
        known: impl Fn(ChangeId) -> Option<&'b SignedChange>,
    ) -> Fate {
        let change = match signed.open() {
            Ok(change) => change,
            Err(cause) => return Fate::Refused(None, cause.into()),
        };
        match known(change.id) {
            Some(known) if known == signed => return Fate::Known(change.record),
            Some(_) => return Fate::Refused(Some(change.id), Refusal::IdentityTaken),
            None => {}
        }
        match self.prove(&change, signed) {
            Ok(true) => Fate::Proven(change),
            Ok(false) => Fate::Waits,
            Err(refusal) => Fate::Refused(Some(change.id), refusal),
        }
    }

    fn refuse(&mut self, id: Option<ChangeId>, refusal: &Refusal) {
        let code = refusal.code();
        self.done.refused.push(Refused { id, code });
    }

    /// Finds what makers took back, among what is here and what is new.
    fn withdraw(&mut self, proven: &[(Change, SignedChange)]) -> BTreeSet<ChangeId> {
        let mut links: BTreeMap<RecordId, Vec<Link>> =
            proven.iter().map(|(change, _)| (change.record, Vec::new())).collect();
        if links.is_empty() {
            return BTreeSet::new();
        }
        let here = self.held.changes.values().filter_map(|signed| signed.open().ok());
        let here = here.map(|change| {
            let link = Link::of(&change, !self.held.owed.contains(&change.id));
            (change.record, link)
        });
        let new = proven.iter().map(|(change, _)| (change.record, Link::of(change, false)));
        for (record, link) in here.chain(new) {
            if let Some(links) = links.get_mut(&record) {
                links.push(link);
            }
        }
        let gone: BTreeSet<ChangeId> = links.into_values().flat_map(withdrawn).collect();
        self.done.withdrawn = gone.intersection(&self.held.owed).copied().collect();
        gone
    }

    /// Says whether somebody who is believed stands behind a change (rules J5, J8).
    fn prove(&self, change: &Change, signed: &SignedChange) -> Result<bool, Refusal> {
        let replica = change.id.replica;
        let Some(key) = self.said.of(replica).next().map(|maker| maker.key) else {
            return Ok(false);
        };
        key.verify(signed).map_err(|_| Refusal::Signature)?;
        let believed = self.believed.get(&replica).map(Vec::as_slice).unwrap_or_default();
        let approved = self.trust.approved.contains(&(replica, change.author));
        let is_authors = |maker: &Maker| maker.account.is_none_or(|it| it == change.author);
        if approved || believed.iter().any(is_authors) {
            Ok(true)
        } else if believed.is_empty() {
            Ok(false)
        } else {
            Err(Refusal::ForeignAuthor)
        }
    }

    /// Takes a proven change in, unless its maker took it back or it has no form.
    fn take(&mut self, change: Change, signed: SignedChange, gone: &BTreeSet<ChangeId>) {
        if gone.contains(&change.id) {
            return self.refuse(Some(change.id), &Refusal::Withdrawn);
        }
        let id = change.record;
        if !self.open.contains_key(&id) {
            let opened = self.without_withdrawn(id);
            self.open.insert(id, opened);
        }
        let Some((_, record)) = self.open.get_mut(&id) else { return };
        if let Err(refusal) = check_fact(Some(record), &change) {
            return self.refuse(Some(change.id), &refusal);
        }
        record.apply(&change);
        let tally = self.tally(id);
        tally.taken = tally.taken.saturating_add(1);
        self.done.taken.push((change, signed));
    }

    /// Gives the choices of a record as it is here, and the record without what was taken back.
    fn without_withdrawn(&self, id: RecordId) -> (Vec<Choice>, Record) {
        let record = self.held.records.get(&id).cloned();
        let record = record.unwrap_or_else(|| Record::new(id));
        let asked = choices(&record);
        let gone = &self.done.withdrawn;
        if gone.is_empty() {
            return (asked, record);
        }
        let here = self.held.changes.values().filter_map(|signed| signed.open().ok());
        let (gone, kept): (Vec<Change>, Vec<Change>) =
            here.filter(|change| change.record == id).partition(|it| gone.contains(&it.id));
        if gone.is_empty() {
            return (asked, record);
        }
        let mut again = Record::new(id);
        for change in &kept {
            again.apply(change);
        }
        (asked, again)
    }

    fn tally(&mut self, record: RecordId) -> &mut Tally {
        let is_new = !self.held.records.contains_key(&record);
        self.done.records.entry(record).or_insert(Tally { is_new, ..Tally::default() })
    }

    fn finish(mut self) -> Sorting {
        for (id, (before, record)) in &self.open {
            let asks = choices(record).iter().filter(|choice| !before.contains(choice)).count();
            if let Some(tally) = self.done.records.get_mut(id) {
                tally.asks = asks;
            }
        }
        let known = &self.trust.makers;
        let believed = self.believed.values().flatten();
        self.done.learnt = believed.filter(|maker| !known.has(maker)).copied().collect();
        for waiting in self.done.shelf.waiting() {
            for maker in self.said.of(waiting.replica) {
                self.done.shelf.makers.learn(*maker);
            }
        }
        self.done
    }
}

impl Trust {
    /// Gives what is believed of a replica, out of what is said.
    fn believed(&self, said: &Makers, replica: ReplicaId) -> Vec<Maker> {
        let is_approved = |maker: &Maker| {
            maker.account.is_some_and(|account| self.approved.contains(&(replica, account)))
        };
        let is_proven = |maker: &Maker| maker.is_proven(|by| self.servers.contains(&by));
        let believed = |maker: &&Maker| is_approved(maker) || is_proven(maker);
        said.of(replica).filter(believed).copied().collect()
    }
}
