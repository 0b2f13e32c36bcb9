//! Taking a backup back: proved, put in place as one, and known to be another log.
//!
//! The database is built beside its place and renamed into it, so there is at no
//! moment half of one. What it replaces stays in a folder beside it. Its log gets
//! another name: by that, devices know that it may lack what they hold, and give it
//! back ([`talkoot_core::sync`]).

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::backup::seal::Seal;
use crate::backup::{self, BackupError};
use crate::chance::{self, NoChance};
use crate::data_folder::{DataFolder, FolderError};
use crate::store::sqlite::{SCHEMA, copying};
use crate::{clock, data_seal, durable};

/// Why a backup was not restored. What the folder held, it still holds.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

/// A backup that is in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// Where the database that was there before is now.
    pub kept: Option<PathBuf>,
}

/// Puts a backup into a data folder that no server has open.
pub fn restore(from: &Path, to: &Path, replace: bool) -> Result<Restored, RestoreError> {
    let mut file = File::open(from).map_err(|cause| read_error(from, &cause))?;
    let seal = Seal::read(&mut file).map_err(|cause| backup::explain(from, &cause))?;
    if seal.version > SCHEMA {
        let (path, found) = (from.to_owned(), seal.version);
        return Err(BackupError::NewerDatabase { path, found }.into());
    }
    let folder = DataFolder::open(to)?;
    let lock = folder.lock()?;
    if !replace && !is_empty(to)? {
        return Err(BackupError::NotEmpty { path: to.to_owned() }.into());
    }
    let database = folder.database();
    let partial = durable::beside(&database);
    let senders = senders(&database);
    if let Err(cause) = build(&mut file, from, &seal, &partial, senders) {
        // Of no use, and in nobody's way: the next try writes over it.
        drop(fs::remove_file(&partial));
        return Err(cause);
    }
    let kept = keep_old(&database)?;
    data_seal::remove(&database).map_err(|cause| backup::write_error(&database, &cause))?;
    durable::put_in_place(&partial, &database)
        .map_err(|cause| backup::write_error(&database, &cause))?;
    lock.seal();
    Ok(Restored { made_ms: seal.made_ms, kept })
}

/// Reads by which secret the database that is there names senders of comments: who is kept out
/// stays in the folder, whatever is restored (rule OC11).
fn senders(database: &Path) -> Option<[u8; 32]> {
    if !database.exists() {
        return None;
    }
    let read = copying::sender_seed(database);
    let log = |cause| tracing::info!(%cause, "who was kept out from sending comments is let in");
    read.map_err(log).ok().flatten()
}

/// Builds the database beside its place, with a log of another name, and syncs it.
fn build(
    file: &mut File,
    from: &Path,
    seal: &Seal,
    partial: &Path,
    senders: Option<[u8; 32]>,
) -> Result<(), RestoreError> {
    let refuse = |cause: io::Error| backup::write_error(partial, &cause);
    let mut target = durable::create_private(partial).map_err(refuse)?;
    seal.unseal(file, &mut target).map_err(|cause| backup::explain(from, &cause))?;
    drop(target);
    let log = u64::from_be_bytes(chance::bytes()?);
    copying::begin_other_log(partial, log, senders)
        .map_err(|cause| BackupError::Database { path: from.to_owned(), cause })?;
    File::open(partial).and_then(|file| file.sync_all()).map_err(refuse)?;
    Ok(())
}

/// Keeps the database that is there in a folder beside it, with all that belongs to it.
///
/// Its write-ahead file must not stay: SQLite would read it into the new database.
fn keep_old(database: &Path) -> Result<Option<PathBuf>, BackupError> {
    if !database.exists() {
        return Ok(None);
    }
    if let Err(cause) = copying::settle(database) {
        tracing::info!(%cause, "kept as it is, its write-ahead file beside it");
    }
    let folder = database.with_file_name(format!("before-restore-{}", clock::now_ms()));
    let kept = folder.join(database.file_name().unwrap_or(OsStr::new("talkoot.db")));
    let keep = || -> io::Result<()> {
        fs::create_dir(&folder)?;
        let ahead = copying::write_ahead(database);
        if ahead.exists() {
            fs::rename(ahead, copying::write_ahead(&kept))?;
        }
        // A second name instead of a move: so there is a database at every moment.
        if fs::hard_link(database, &kept).is_err() {
            fs::copy(database, &kept)?;
            File::open(&kept)?.sync_all()?;
        }
        durable::sync_folder_of(&kept)?;
        durable::sync_folder_of(database)
    };
    keep().map_err(|cause| backup::write_error(&folder, &cause))?;
    Ok(Some(kept))
}

/// Says whether a folder holds nothing but what opening it leaves behind.
fn is_empty(folder: &Path) -> Result<bool, BackupError> {
    let read = |cause: io::Error| read_error(folder, &cause);
    for entry in fs::read_dir(folder).map_err(read)? {
        let name = entry.map_err(read)?.file_name();
        if name != "lock" && !name.to_string_lossy().contains(".partial") {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_error(path: &Path, cause: &io::Error) -> BackupError {
    BackupError::Read { path: path.to_owned(), cause: cause.kind() }
}
