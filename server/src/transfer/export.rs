//! Packing records into a transfer file.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use talkoot_core::change::Change;
use talkoot_core::id::RecordId;
use talkoot_core::sign::ReplicaKey;
use talkoot_core::transfer::{self, Slice, lock};

use super::CarryError;
use crate::services::Services;
use crate::store::RecordSearch;
use crate::{chance, durable};

/// Longest passphrase, in bytes.
const PASSPHRASE_BYTES_MAX: usize = 1_024;
/// Rows of one look at the store.
const ROWS_MAX: usize = 256;

/// What goes into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choosing {
    All,
    /// A project and everything in it.
    Project(RecordId),
    Records(Vec<RecordId>),
}

/// Where a file goes, and how.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub path: &'a Path,
    /// Whether it may take the place of another.
    pub overwrite: bool,
    pub passphrase: Option<&'a str>,
}

/// What went into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    pub records: usize,
    pub changes: usize,
    pub bytes: usize,
}

/// Writes a transfer file with every change of the chosen records, whoever may see them.
pub async fn pack(
    services: &Services,
    choosing: Choosing,
    place: Place<'_>,
) -> Result<Packed, CarryError> {
    let Place { path, overwrite, passphrase } = place;
    if path.exists() && !overwrite {
        return Err(CarryError::Exists { path: path.to_owned() });
    }
    let records = choose(services, choosing).await?;
    let mut changes = Vec::new();
    let mut opened: Vec<Change> = Vec::new();
    for record in &records {
        for stored in services.changes.changes_of(*record, services.hub.head()).await? {
            opened.extend(stored.signed.open().ok());
            changes.push(stored.signed);
        }
    }
    let made_ms = services.clock.now_ms();
    let makers = services.vouchers.makers(&opened, &*services.accounts, made_ms).await?;
    let makers = makers.iter().copied().chain(services.vouchers.servers()).collect();
    let seed = services.changes.replica_seed(chance::bytes()?).await?;
    let packed = Packed { records: records.len(), changes: changes.len(), bytes: 0 };
    let file = transfer::write(&Slice { made_ms, changes, makers }, &ReplicaKey::from_seed(&seed))?;
    let file = match passphrase {
        Some(passphrase) => lock(&file, passphrase, path)?,
        None => file,
    };
    write(path, &file)
        .map_err(|cause| CarryError::Write { path: path.to_owned(), cause: cause.kind() })?;
    Ok(Packed { bytes: file.len(), ..packed })
}

async fn choose(services: &Services, choosing: Choosing) -> Result<BTreeSet<RecordId>, CarryError> {
    let (mut chosen, project) = match choosing {
        Choosing::All => (BTreeSet::new(), None),
        Choosing::Project(project) => (BTreeSet::from([project]), Some(project)),
        Choosing::Records(records) => return known(services, records.into_iter().collect()).await,
    };
    chosen = known(services, chosen).await?;
    let mut search = RecordSearch { project, ..RecordSearch::default() };
    loop {
        let rows = services.records.records(search, ROWS_MAX).await?;
        let Some(last) = rows.last() else { return Ok(chosen) };
        search.after = last.created;
        chosen.extend(rows.iter().map(|row| row.record));
    }
}

async fn known(
    services: &Services,
    records: BTreeSet<RecordId>,
) -> Result<BTreeSet<RecordId>, CarryError> {
    for record in &records {
        if services.records.record(*record).await?.is_none() {
            return Err(CarryError::UnknownRecord { record: *record });
        }
    }
    Ok(records)
}

fn lock(file: &[u8], passphrase: &str, path: &Path) -> Result<Vec<u8>, CarryError> {
    if passphrase.is_empty() || passphrase.len() > PASSPHRASE_BYTES_MAX {
        return Err(CarryError::Passphrase { bytes_max: PASSPHRASE_BYTES_MAX });
    }
    let chance = chance::bytes()?;
    let locked = lock::locking(passphrase, &chance).and_then(|key| lock::lock(file, key, &chance));
    locked.map_err(|cause| CarryError::Lock { path: path.to_owned(), cause })
}

/// Writes a file that is there whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = durable::beside(path);
    let written = durable::create_private(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        durable::put_in_place(&partial, path)
    });
    if written.is_err() {
        // What is left of it is of no use; should it stay, the next one removes it.
        drop(fs::remove_file(&partial));
    }
    written
}
