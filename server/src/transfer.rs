//! Transfer files on the server: what goes into one, and what comes of one.
//!
//! The server is believed by everybody, so what it packs carries its word for each maker. What
//! it takes in goes the way of whatever devices give back: proven by keys that it has met,
//! judged by the gate with the rights of each author ([`crate::give_back`]).

mod export;
mod import;

use std::path::PathBuf;

use talkoot_core::id::RecordId;
use talkoot_core::transfer::lock::LockError;
use talkoot_core::transfer::{TooMuch, TransferError};

pub use export::{Choosing, Packed, Place, pack};
pub use import::{Report, take_in};

use crate::chance::NoChance;
use crate::store::StoreError;

/// Why a transfer file was not written or not taken in. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    #[error("{} is there already; choose another name, or replace it with --overwrite", path.display())]
    Exists { path: PathBuf },
    #[error("{} cannot be written ({cause})", path.display())]
    Write { path: PathBuf, cause: std::io::ErrorKind },
    #[error("{} cannot be read ({cause})", path.display())]
    Read { path: PathBuf, cause: std::io::ErrorKind },
    #[error("{}: {cause} [{}]", path.display(), cause.code())]
    File { path: PathBuf, cause: TransferError },
    #[error("{}: {cause} [{}]", path.display(), cause.code())]
    Lock { path: PathBuf, cause: LockError },
    #[error("{} is locked with a passphrase; give it with --passphrase-stdin", path.display())]
    Locked { path: PathBuf },
    #[error("a passphrase has 1 to {bytes_max} bytes")]
    Passphrase { bytes_max: usize },
    #[error("there is no record {record}; its name is in its address (/documents/ID-…)")]
    UnknownRecord { record: RecordId },
    #[error("this is more than one file takes: {0}")]
    TooMuch(#[from] TooMuch),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}
