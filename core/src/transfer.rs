//! A transfer file (`.talkoot`): changes that travel on a stick, without any server.
//!
//! It holds signed changes exactly as they were made, and of each maker the key with what
//! vouches for it ([`Maker`]). The file as a whole is signed by the device that wrote it, but
//! that only says who packed it: what is inside proves itself or waits ([`sort`]). Nothing
//! here reads a clock or a disk, and a passphrase is the edges' matter: a locked file is only
//! told apart from others.

mod chain;
mod frame;
#[cfg(test)]
mod laws;
pub mod lock;
mod maker;
mod shelf;
mod sorting;

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

pub use chain::{Link, withdrawn};
pub use maker::{Maker, Makers, Vouching};
pub use shelf::{Shelf, Waiting};
pub use sorting::{Held, Refused, Sorting, Tally, Trust, sort};

use crate::codec;
use crate::limits::{TRANSFER_BODY_BYTES_MAX, TRANSFER_CHANGES_MAX, TRANSFER_MAKERS_MAX};
use crate::sign::{PublicKey, ReplicaKey, SignedChange};

/// How the name of a transfer file ends.
pub const EXTENSION: &str = "talkoot";
/// What a transfer file is called where files have types.
pub const MEDIA_TYPE: &str = "application/vnd.talkoot.transfer";

/// What goes into a transfer file. The order does not matter, nor does what comes twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// When it is packed, in milliseconds since 1970, as the packing device believes.
    pub made_ms: u64,
    pub changes: Vec<SignedChange>,
    /// Whoever is known; those go in who made something of it, and the one who packs.
    pub makers: Vec<Maker>,
}

/// What a transfer file says. Nothing in it is proved but that `exporter` packed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The key of the device that packed it.
    pub exporter: PublicKey,
    pub made_ms: u64,
    pub makers: Vec<Maker>,
    /// In an order in which they can be taken in.
    pub changes: Vec<SignedChange>,
}

/// Why a file cannot be taken in. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    #[error("this is no transfer file")]
    Foreign,
    #[error("the file is locked with a passphrase")]
    Locked,
    #[error("the file was written by a newer program (format {format})")]
    TooNew { format: u8 },
    #[error("the file ends after {bytes} bytes and should have {bytes_needed}")]
    Truncated { bytes: usize, bytes_needed: usize },
    #[error("{size} is more than the {size_max} allowed")]
    TooBig { size: usize, size_max: usize },
    #[error("the file is damaged")]
    Damaged,
}

impl TransferError {
    /// The stable code that the screen explains.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Foreign => "transfer_foreign",
            Self::Locked => "transfer_locked",
            Self::TooNew { .. } => "transfer_too_new",
            Self::Truncated { .. } => "transfer_truncated",
            Self::TooBig { .. } => "transfer_too_big",
            Self::Damaged => "transfer_damaged",
        }
    }
}

/// Why nothing was packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{size} is more than the {size_max} that one file holds; choose less")]
pub struct TooMuch {
    pub size: usize,
    pub size_max: usize,
}

/// The packed part. Tags are forever.
#[derive(Encode, Decode)]
struct Body {
    #[n(0)]
    made_ms: u64,
    #[n(1)]
    makers: Vec<Maker>,
    #[n(2)]
    changes: Vec<SignedChange>,
}

/// Packs a slice, signed by the device that packs; equal slices give equal bytes (rule J1).
pub fn write(slice: &Slice, key: &ReplicaKey) -> Result<Vec<u8>, TooMuch> {
    let changes = in_order(&slice.changes);
    let ids = changes.iter().filter_map(|signed| signed.open().ok()).map(|change| change.id);
    let needed: BTreeSet<_> = ids.map(|id| id.replica).chain([key.public().replica()]).collect();
    let needed = |maker: &&Maker| needed.contains(&maker.replica());
    let makers: Makers = slice.makers.iter().filter(needed).copied().collect();
    let makers = makers.iter().copied().collect();
    let body = Body { made_ms: slice.made_ms, makers, changes };
    check_size(body.changes.len(), TRANSFER_CHANGES_MAX)?;
    check_size(body.makers.len(), TRANSFER_MAKERS_MAX)?;
    let body = codec::encode(&body);
    check_size(body.len(), TRANSFER_BODY_BYTES_MAX)?;
    frame::write(&body, key)
}

/// Reads a file; total over all bytes (rules J2 to J4).
pub fn read(bytes: &[u8]) -> Result<Transfer, TransferError> {
    let (body, exporter) = frame::read(bytes)?;
    let body: Body =
        codec::decode(&body, TRANSFER_BODY_BYTES_MAX).map_err(|_| TransferError::Damaged)?;
    let Body { made_ms, makers, changes } = body;
    for (size, size_max) in
        [(changes.len(), TRANSFER_CHANGES_MAX), (makers.len(), TRANSFER_MAKERS_MAX)]
    {
        check_size(size, size_max)
            .map_err(|TooMuch { size, size_max }| TransferError::TooBig { size, size_max })?;
    }
    Ok(Transfer { exporter, made_ms, makers, changes })
}

/// Puts changes into an order that honest clocks make causal, each once.
fn in_order(changes: &[SignedChange]) -> Vec<SignedChange> {
    let place = |signed: &SignedChange| {
        let change = signed.open().ok();
        change.map(|change| (change.record, change.stamp, change.id))
    };
    let mut placed: Vec<_> = changes.iter().map(|signed| (place(signed), signed)).collect();
    placed.sort_by(|(one, a), (other, b)| {
        let by_bytes = || (&a.body, a.signature).cmp(&(&b.body, b.signature));
        one.cmp(other).then_with(by_bytes)
    });
    placed.dedup();
    placed.into_iter().map(|(_, signed)| signed.clone()).collect()
}

fn check_size(size: usize, size_max: usize) -> Result<(), TooMuch> {
    if size > size_max { Err(TooMuch { size, size_max }) } else { Ok(()) }
}
