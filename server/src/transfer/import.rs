//! Taking a transfer file in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::limits::{MESSAGE_CHANGES_MAX, TRANSFER_FILE_BYTES_MAX};
use talkoot_core::record::Record;
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::server::Outcome;
use talkoot_core::transfer::{
    self, Held, Maker, Shelf, Sorting, Transfer, TransferError, Trust, Waiting, lock,
};

use super::CarryError;
use crate::give_back;
use crate::own_keys::OwnKeys;
use crate::services::Services;
use crate::store::StoreError;

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records that were not here.
    pub added: usize,
    /// Records that were here and have something new.
    pub changed: usize,
    /// Records of which everything was here.
    pub known: usize,
    /// Records in which a person has to choose now.
    pub asks: usize,
    /// Changes that were stored.
    pub stored: usize,
    /// Changes of devices that this server has not met; they stay in the file.
    pub unverified: Vec<Waiting>,
    /// Changes that were not taken in, by the code of the reason.
    pub refused: BTreeMap<&'static str, usize>,
}

/// Reads a file, unlocks it if a passphrase is given, and stores of it what may enter.
pub async fn take_in(
    services: &Services,
    path: &Path,
    passphrase: Option<&str>,
) -> Result<Report, CarryError> {
    let mut bytes = read(path)?;
    if let Some(passphrase) = passphrase {
        let refuse = |cause| CarryError::Lock { path: path.to_owned(), cause };
        let key = lock::unlocking(&bytes, passphrase).map_err(refuse)?;
        bytes = lock::unlock(&bytes, key).map_err(refuse)?;
    }
    let refuse = |cause| match cause {
        TransferError::Locked => CarryError::Locked { path: path.to_owned() },
        TransferError::Foreign
        | TransferError::TooNew { .. }
        | TransferError::Truncated { .. }
        | TransferError::TooBig { .. }
        | TransferError::Damaged => CarryError::File { path: path.to_owned(), cause },
    };
    let transfer = transfer::read(&bytes).map_err(refuse)?;
    drop(bytes);
    Ok(store(services, &transfer).await?)
}

fn read(path: &Path) -> Result<Vec<u8>, CarryError> {
    let refuse = |cause: io::Error| CarryError::Read { path: path.to_owned(), cause: cause.kind() };
    let mut bytes = Vec::new();
    let bytes_max = u64::try_from(TRANSFER_FILE_BYTES_MAX).unwrap_or(u64::MAX);
    let file = File::open(path).map_err(refuse)?;
    file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes).map_err(refuse)?;
    if bytes.len() > TRANSFER_FILE_BYTES_MAX {
        let (size, size_max) = (bytes.len(), TRANSFER_FILE_BYTES_MAX);
        let cause = TransferError::TooBig { size, size_max };
        return Err(CarryError::File { path: path.to_owned(), cause });
    }
    Ok(bytes)
}

async fn store(services: &Services, transfer: &Transfer) -> Result<Report, StoreError> {
    let held = held(services, transfer).await?;
    let trust = trust(services, transfer).await?;
    let Sorting { taken, shelf, refused, records, .. } =
        transfer::sort(transfer, &Shelf::default(), &held, &trust);
    let mut report = Report { unverified: shelf.waiting(), ..Report::default() };
    for refused in refused {
        report.refuse(refused.code);
    }
    let of: BTreeMap<ChangeId, RecordId> =
        taken.iter().map(|(change, _)| (change.id, change.record)).collect();
    let changes = taken.into_iter().map(|(_, signed)| signed).collect();
    let (stored, refused) = submit(services, changes).await?;
    for code in refused {
        report.refuse(code);
    }
    report.stored = stored.len();
    let touched: BTreeSet<_> = stored.iter().filter_map(|id| of.get(id)).copied().collect();
    for record in &touched {
        let before = held.records.get(record);
        *(if before.is_none() { &mut report.added } else { &mut report.changed }) += 1;
        let asked = before.map(choices).unwrap_or_default();
        let is_new = |choice: &Choice| !asked.contains(choice);
        let after = fold(services, *record).await?;
        report.asks += usize::from(after.iter().flat_map(choices).any(|it| is_new(&it)));
    }
    let is_known = |tally: &transfer::Tally| tally.known > 0;
    let untouched = records.iter().filter(|(record, _)| !touched.contains(record));
    report.known = untouched.filter(|(_, tally)| is_known(tally)).count();
    Ok(report)
}

impl Report {
    fn refuse(&mut self, code: &'static str) {
        let refused = self.refused.entry(code).or_default();
        *refused = refused.saturating_add(1);
    }
}

/// Gathers what is here of what a file is about.
async fn held(services: &Services, transfer: &Transfer) -> Result<Held, StoreError> {
    let mut held = Held::default();
    let ids: Vec<ChangeId> = transfer.ids().into_iter().collect();
    for part in ids.chunks(MESSAGE_CHANGES_MAX) {
        let found = services.changes.find(part.to_vec()).await?;
        let found = part.iter().zip(found);
        held.changes.extend(found.filter_map(|(id, signed)| Some((*id, signed?))));
    }
    for record in transfer.records() {
        held.records.extend(fold(services, record).await?.map(|folded| (record, folded)));
    }
    Ok(held)
}

/// Folds what is here of a record, if anything is.
async fn fold(services: &Services, id: RecordId) -> Result<Option<Record>, StoreError> {
    let stored = services.changes.changes_of(id, services.hub.head()).await?;
    if stored.is_empty() {
        return Ok(None);
    }
    let mut record = Record::new(id);
    for change in stored.iter().filter_map(|stored| stored.signed.open().ok()) {
        record.apply(&change);
    }
    Ok(Some(record))
}

/// Whom this server believes: devices that it has met and that were not removed, and itself. Its
/// own word in a file is older than what it knows, so it does not count here.
async fn trust(services: &Services, transfer: &Transfer) -> Result<Trust, StoreError> {
    let own = OwnKeys::new(services.changes.own_seeds().await?);
    let mut trust = Trust::default();
    let mut asked = BTreeSet::new();
    for change in transfer.changes.iter().filter_map(|signed| signed.open().ok()) {
        let replica = change.id.replica;
        if !asked.insert((replica, change.author)) {
            continue;
        }
        let holder = services.accounts.holder(replica).await?;
        let holder = holder.map(|holder| (holder.key, holder.account));
        let holder = holder.or_else(|| own.of(&change).map(|key| (key, change.author)));
        if let Some((key, account)) = holder {
            trust.makers.learn(Maker::unproven(key, account));
            trust.approved.insert((replica, account));
        }
    }
    Ok(trust)
}

/// Offers changes until nothing more of them enters: one may build on another that comes later in
/// the file, because clocks were wrong.
async fn submit(
    services: &Services,
    mut waiting: Vec<SignedChange>,
) -> Result<(BTreeSet<ChangeId>, Vec<&'static str>), StoreError> {
    let mut stored = BTreeSet::new();
    loop {
        let mut refused: BTreeMap<ChangeId, &'static str> = BTreeMap::new();
        let before = stored.len();
        for part in waiting.chunks(MESSAGE_CHANGES_MAX) {
            for outcome in give_back::take_back(services, part.to_vec()).await? {
                match outcome {
                    Outcome::Stored(id) => drop(stored.insert(id)),
                    Outcome::Refused { id, code } => refused.extend(id.map(|id| (id, code))),
                }
            }
        }
        let is_refused =
            |signed: &SignedChange| signed.open().is_ok_and(|it| refused.contains_key(&it.id));
        waiting.retain(is_refused);
        if waiting.is_empty() || stored.len() == before {
            return Ok((stored, refused.into_values().collect()));
        }
    }
}
