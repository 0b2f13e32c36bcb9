//! The seal of a database at rest: a checksum of each of its blocks, in a file beside it.
//!
//! Rows are proved by signatures and folds, but a database has bytes that no row uses.
//! So whoever closes it cleanly seals all of it, and whoever opens it for writing breaks
//! the seal first: where there is a seal, every bit of the file is covered.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::durable;

/// How every seal begins; the number is its format.
const BEGIN: [u8; 16] = *b"talkoot seal 1 \n";
/// How many bytes one checksum covers.
pub const BLOCK_BYTES: u64 = 16 * 1_024;
const DIGEST_BYTES: usize = 32;

/// What a seal says of its database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// Nobody sealed it: a server has it open, or was ended without a goodbye.
    Absent,
    /// Every bit is as it was sealed.
    Whole,
    /// The seal itself does not hold together.
    Broken,
    /// These blocks are not as they were sealed, or there are more or fewer of them.
    Differs { blocks: Vec<u64> },
}

/// Breaks the seal, because the database is about to change.
pub fn remove(database: &Path) -> io::Result<()> {
    match fs::remove_file(place(database)) {
        Ok(()) => durable::sync_folder_of(database),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Seals a database that nobody has open.
pub fn write(database: &Path) -> io::Result<()> {
    let place = place(database);
    let partial = durable::beside(&place);
    let mut file = durable::create_private(&partial)?;
    file.write_all(&make(&blocks(database)?))?;
    file.sync_all()?;
    durable::put_in_place(&partial, &place)
}

/// Compares a database with its seal.
pub fn check(database: &Path) -> io::Result<Sealed> {
    let sealed = match fs::read(place(database)) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Sealed::Absent),
        Err(cause) => return Err(cause),
    };
    let Some(sealed) = open(&sealed) else { return Ok(Sealed::Broken) };
    let found = blocks(database)?;
    let ends = found.len().max(sealed.len());
    let differs = (0..ends).filter(|at| found.get(*at) != sealed.get(*at));
    let blocks: Vec<u64> = differs.map(|at| at as u64).collect();
    Ok(if blocks.is_empty() { Sealed::Whole } else { Sealed::Differs { blocks } })
}

/// Gives the place of a database's seal.
pub fn place(database: &Path) -> PathBuf {
    database.with_extension("seal")
}

type Digests = Vec<[u8; DIGEST_BYTES]>;

fn blocks(database: &Path) -> io::Result<Digests> {
    let file = File::open(database)?;
    let mut digests = Vec::new();
    loop {
        let mut block = Vec::new();
        (&file).take(BLOCK_BYTES).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(digests);
        }
        digests.push(Sha256::digest(&block).into());
    }
}

/// Writes the checksums, and one over them all.
fn make(digests: &[[u8; DIGEST_BYTES]]) -> Vec<u8> {
    let mut bytes = BEGIN.to_vec();
    bytes.extend(digests.iter().flatten());
    let over_all = Sha256::digest(&bytes);
    bytes.extend(over_all);
    bytes
}

fn open(bytes: &[u8]) -> Option<Digests> {
    let (body, over_all) = bytes.split_last_chunk::<DIGEST_BYTES>()?;
    let found: [u8; DIGEST_BYTES] = Sha256::digest(body).into();
    let digests = body.strip_prefix(&BEGIN)?.as_chunks::<DIGEST_BYTES>();
    (found == *over_all && digests.1.is_empty()).then(|| digests.0.to_vec())
}
