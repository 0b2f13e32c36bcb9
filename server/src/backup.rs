//! A backup: the whole database in one file, with a seal at its end.
//!
//! Keys, people and sessions lie in the database too, so one file is everything.
//! The copy is made in one reading transaction beside whoever writes, and gets its
//! name only when it is whole and on the disk. Before the seal the file is an
//! ordinary SQLite database, so that it can be read without this program.

pub mod seal;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use self::seal::{Seal, SealError};
use crate::store::sqlite::{OpenError, SCHEMA, copying};
use crate::{clock, durable};

/// Why a backup was not made or not taken back. Nothing is there that was not there before.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already; choose another name, or replace it with --overwrite", path.display())]
    Exists { path: PathBuf },
    #[error("{} cannot be written ({cause})", path.display())]
    Write { path: PathBuf, cause: io::ErrorKind },
    #[error("{} cannot be read ({cause})", path.display())]
    Read { path: PathBuf, cause: io::ErrorKind },
    #[error("{} is not a Talkoot backup, or its end is missing; take another one", path.display())]
    NotABackup { path: PathBuf },
    #[error("{} is damaged: its checksum does not fit; take another one", path.display())]
    Damaged { path: PathBuf },
    #[error(
        "{} was made by a newer program (format {format}); restore it with that one", path.display()
    )]
    NewerFormat { path: PathBuf, format: u8 },
    #[error(
        "{} holds a database of version {found} and this program knows versions up to {SCHEMA}; \
         restore it with the newer program that made it", path.display()
    )]
    NewerDatabase { path: PathBuf, found: u32 },
    #[error(
        "the data folder {} is not empty; choose another with --data, or put the backup in place \
         of what is there with --replace", path.display()
    )]
    NotEmpty { path: PathBuf },
    #[error(
        "the database {} cannot be copied: {cause}; `talkoot verify` says what is wrong",
        path.display()
    )]
    Database { path: PathBuf, cause: OpenError },
}

/// A backup that is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub bytes: u64,
}

/// Copies a database into a new backup file.
pub fn make(database: &Path, to: &Path, overwrite: bool) -> Result<Made, BackupError> {
    let check = || if to.exists() && !overwrite { Err(exists(to)) } else { Ok(()) };
    check()?;
    let partial = durable::beside(to);
    let made = write(database, &partial).and_then(|made| {
        check()?;
        durable::put_in_place(&partial, to).map_err(|cause| write_error(to, &cause))?;
        Ok(made)
    });
    if made.is_err() {
        // What is left of it is of no use; should it stay, the next backup removes it.
        drop(fs::remove_file(&partial));
    }
    made
}

fn write(database: &Path, partial: &Path) -> Result<Made, BackupError> {
    let refuse = |cause: io::Error| write_error(partial, &cause);
    drop(durable::create_private(partial).map_err(refuse)?);
    let version = copying::copy(database, partial)
        .map_err(|cause| BackupError::Database { path: database.to_owned(), cause })?;
    let mut file = File::options().read(true).append(true).open(partial).map_err(refuse)?;
    let seal = Seal::of(&mut file, version, clock::now_ms()).map_err(refuse)?;
    file.write_all(&seal.bytes()).map_err(refuse)?;
    file.sync_all().map_err(refuse)?;
    Ok(Made { bytes: seal.file_bytes() })
}

/// Says what a seal that does not fit means for its file.
pub(crate) fn explain(path: &Path, cause: &SealError) -> BackupError {
    let path = path.to_owned();
    match cause {
        SealError::Absent => BackupError::NotABackup { path },
        SealError::Newer { format } => BackupError::NewerFormat { path, format: *format },
        SealError::Mismatch => BackupError::Damaged { path },
        SealError::Read(cause) => BackupError::Read { path, cause: cause.kind() },
    }
}

pub(crate) fn write_error(path: &Path, cause: &io::Error) -> BackupError {
    BackupError::Write { path: path.to_owned(), cause: cause.kind() }
}

fn exists(path: &Path) -> BackupError {
    BackupError::Exists { path: path.to_owned() }
}
