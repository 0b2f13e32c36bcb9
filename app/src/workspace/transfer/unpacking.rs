//! Taking a transfer file in: sorted in pieces, stored at once, then folded and shown.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::access::{self, Deal};
use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::transfer::{self, Held, Shelf, Sorting, Transfer, TransferError, lock};

use super::report::{Brought, ImportFault};
use super::stretching::stretched;
use crate::device;
use crate::local::{Loaded, Local, StoreError};
use crate::sync::Word;
use crate::workspace::Desk;

/// Changes sorted without letting anybody else have a turn: a signature takes a fifth of a
/// millisecond to prove.
const PIECE_CHANGES: usize = 100;
/// Records folded between two breaths.
const PIECE_RECORDS: usize = 8;

/// Takes a file in.
pub(super) async fn import(
    desk: &Rc<Desk>,
    bytes: Vec<u8>,
    passphrase: Option<String>,
) -> Result<Brought, ImportFault> {
    let transfer = match (transfer::read(&bytes), passphrase) {
        (Err(TransferError::Locked), Some(passphrase)) => {
            let key = stretched(lock::unlocking(&bytes, &passphrase)?).await;
            transfer::read(&lock::unlock(&bytes, key)?)?
        }
        (read, _) => read?,
    };
    take(desk, transfer).await
}

/// Believes a device and sorts again what waits.
pub(super) async fn approve(
    desk: &Rc<Desk>,
    replica: ReplicaId,
    account: AccountId,
) -> Result<Brought, ImportFault> {
    desk.local()?.approve(replica, account).await?;
    sort_again(desk).await
}

/// Sorts again what waits.
pub(super) async fn sort_again(desk: &Rc<Desk>) -> Result<Brought, ImportFault> {
    take(desk, nothing()).await
}

/// A file that holds nothing: with it, what waits is sorted again.
fn nothing() -> Transfer {
    let exporter = ReplicaKey::from_seed(&[0; 32]).public();
    Transfer { exporter, made_ms: 0, makers: Vec::new(), changes: Vec::new() }
}

async fn take(desk: &Rc<Desk>, mut transfer: Transfer) -> Result<Brought, ImportFault> {
    let local = desk.local()?;
    if local.account.is_none() {
        return Err(ImportFault::NoAccount);
    }
    desk.flush_typing().await;
    // What the server refused lies aside here, and does not come back by a file.
    let refused = local.refused().await?;
    let is_refused = |signed: &SignedChange| signed.open().is_ok_and(|it| refused.contains(&it.id));
    transfer.changes.retain(|signed| !is_refused(signed));
    loop {
        let shelf = local.shelf().await?;
        let Sorted { sorting, mut brought, cut } = sort(desk, &local, &transfer, &shelf).await?;
        if local.keep_sorting(&shelf, &sorting, device::now_ms()).await? {
            for record in cut {
                desk.fold_anew(record).await?;
            }
            let hidden = desk.show_brought(brought.touched().collect()).await?;
            brought.carry(|record| !hidden.contains(&record));
            desk.show_shelf().await?;
            desk.tell_set_aside().await?;
            return Ok(brought);
        }
        // Another tab took a file in at the same moment: what waits is looked at again.
    }
}

/// What a file came to.
struct Sorted {
    sorting: Sorting,
    brought: Brought,
    /// Records out of which something is taken.
    cut: BTreeSet<RecordId>,
}

/// Sorts in pieces, so that the page stays alive; the pieces come to the same as the whole.
async fn sort(
    desk: &Rc<Desk>,
    local: &Local,
    transfer: &Transfer,
    shelf: &Shelf,
) -> Result<Sorted, StoreError> {
    let quarantined = desk.held.borrow().clone();
    let trust = local.trust().await?;
    let waiting = shelf.changes.iter().filter_map(|signed| signed.open().ok());
    let records = transfer.records().into_iter().chain(waiting.map(|change| change.record));
    let mut held = local.held(&records.collect(), &quarantined).await?;
    let before = held.changes.clone();
    let (mut whole, mut brought) = (Sorting::default(), Brought::default());
    let mut waiting = shelf.clone();
    for piece in transfer.clone().pieces(PIECE_CHANGES) {
        let sorting = transfer::sort(&piece, &Shelf::default(), &held, &trust);
        brought.note(&sorting);
        waiting.changes.extend(sorting.shelf.changes.iter().cloned());
        add(&mut whole, &mut held, sorting);
        device::breathe().await;
    }
    // What waits is looked at once more, with all that is known by now.
    let rest = transfer::sort(&outside(transfer), &waiting, &held, &trust);
    brought.note(&rest);
    add(&mut whole, &mut held, rest);
    let cut = whole.withdrawn.iter().filter_map(|id| Some(before.get(id)?.open().ok()?.record));
    let cut = cut.collect();
    Ok(Sorted { sorting: whole, brought, cut })
}

/// Everything of a file but its changes.
fn outside(transfer: &Transfer) -> Transfer {
    let Transfer { exporter, made_ms, makers, .. } = transfer;
    Transfer { exporter: *exporter, made_ms: *made_ms, makers: makers.clone(), changes: vec![] }
}

fn add(whole: &mut Sorting, held: &mut Held, piece: Sorting) {
    for (change, signed) in &piece.taken {
        held.changes.insert(change.id, signed.clone());
        let record = held.records.entry(change.record);
        let record = record.or_insert_with(|| talkoot_core::record::Record::new(change.record));
        record.apply(change);
        held.owed.insert(change.id);
    }
    for id in &piece.withdrawn {
        held.changes.remove(id);
        held.owed.remove(id);
    }
    // What one piece took, a later one may show to be taken back.
    whole.taken.retain(|(change, _)| !piece.withdrawn.contains(&change.id));
    whole.taken.extend(piece.taken);
    whole.learnt.extend(piece.learnt);
    whole.refused.extend(piece.refused);
    whole.withdrawn.extend(piece.withdrawn);
    // The last piece holds all that waits.
    whole.shelf = piece.shelf;
}

impl Desk {
    /// Folds and shows what a file brought, and offers it to the server. Gives what of it is out
    /// of its person's sight.
    async fn show_brought(
        self: &Rc<Self>,
        records: Vec<RecordId>,
    ) -> Result<BTreeSet<RecordId>, StoreError> {
        let (caller, mut hidden) = (self.caller(), BTreeSet::new());
        for piece in records.chunks(PIECE_RECORDS) {
            for record in piece {
                self.bring(*record).await?;
                let sees = |it: &mut Loaded| access::may(&caller, &it.open.record, Deal::See);
                if self.records.with(*record, sees) == Some(false) {
                    hidden.insert(*record);
                }
            }
            let refreshed: Vec<_> =
                piece.iter().filter_map(|record| self.refreshed(*record)).collect();
            self.show_summaries(refreshed.iter().map(|it| (it.record, it.summary.clone())));
            self.keep_refreshed(refreshed).await?;
            self.records.trim(&self.on_screen());
            device::breathe().await;
        }
        if !records.is_empty() {
            self.tell_tabs(&Word::Wrote { records, anew: false });
            self.shown.status.update(|status| {
                status.owes = true;
                status.owed.clear();
            });
            self.note_owed().await?;
            self.owes_more();
        }
        Ok(hidden)
    }

    /// Says to whoever speaks with the server that it may lack something.
    fn owes_more(&self) {
        match self.line() {
            Some(line) => line.owes_more(),
            None => self.tell_tabs(&Word::OwesMore),
        }
    }
}
