//! The seal at the end of a backup: what lies before it, and a checksum over all.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};

use sha2::{Digest as _, Sha256};

/// How every backup file ends.
const END: [u8; 16] = *b"talkoot backup \n";
/// The version of the seal. A later one may lie differently before [`END`] and its format.
const FORMAT: u8 = 1;
/// The checksum, then version of the tables, time and length, then format and end.
const SEAL_BYTES: usize = 32 + 4 + 8 + 8 + 1 + END.len();
/// How much is read at a time.
const PIECE_BYTES: usize = 64 * 1_024;

/// What the end of a backup says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub checksum: [u8; 32],
    /// The version of the database's tables.
    pub version: u32,
    /// When the backup was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// How long the database before the seal is.
    pub bytes: u64,
}

/// Why a file is not a whole backup.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the file does not end as a backup does")]
    Absent,
    #[error("the seal has format {format}")]
    Newer { format: u8 },
    #[error("the checksum does not fit")]
    Mismatch,
    #[error(transparent)]
    Read(#[from] io::Error),
}

impl Seal {
    /// Reads a database to its end and makes its seal.
    pub fn of(database: &mut File, version: u32, made_ms: u64) -> io::Result<Self> {
        database.rewind()?;
        let mut hash = Sha256::new();
        let bytes = each_piece(database, u64::MAX, |piece| {
            hash.update(piece);
            Ok(())
        })?;
        let mut seal = Self { checksum: [0; 32], version, made_ms, bytes };
        hash.update(seal.facts());
        seal.checksum = hash.finalize().into();
        Ok(seal)
    }

    /// Reads the seal of a backup, without proving it.
    pub fn read(file: &mut File) -> Result<Self, SealError> {
        let length = file.metadata()?.len();
        let start = length.checked_sub(SEAL_BYTES as u64).ok_or(SealError::Absent)?;
        file.seek(SeekFrom::Start(start))?;
        let mut rest = [0; SEAL_BYTES];
        file.read_exact(&mut rest)?;
        let mut rest = rest.as_slice();
        let checksum = take(&mut rest)?;
        let version = u32::from_be_bytes(take(&mut rest)?);
        let made_ms = u64::from_be_bytes(take(&mut rest)?);
        let bytes = u64::from_be_bytes(take(&mut rest)?);
        let [format] = take(&mut rest)?;
        if rest != END {
            return Err(SealError::Absent);
        }
        if format != FORMAT {
            return Err(SealError::Newer { format });
        }
        if bytes != start {
            return Err(SealError::Mismatch);
        }
        Ok(Self { checksum, version, made_ms, bytes })
    }

    /// Copies the database before the seal, and proves on the way that both are as they were.
    pub fn unseal(&self, file: &mut File, to: &mut impl Write) -> Result<(), SealError> {
        file.rewind()?;
        let mut hash = Sha256::new();
        each_piece(file, self.bytes, |piece| {
            hash.update(piece);
            to.write_all(piece)
        })?;
        hash.update(self.facts());
        let found: [u8; 32] = hash.finalize().into();
        if found == self.checksum { Ok(()) } else { Err(SealError::Mismatch) }
    }

    /// Writes the seal.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.checksum[..], &self.facts()].concat()
    }

    /// Gives the length of the whole backup.
    pub fn file_bytes(&self) -> u64 {
        self.bytes.saturating_add(SEAL_BYTES as u64)
    }

    /// What the checksum covers beside the database.
    fn facts(&self) -> Vec<u8> {
        let mut facts = self.version.to_be_bytes().to_vec();
        facts.extend(self.made_ms.to_be_bytes());
        facts.extend(self.bytes.to_be_bytes());
        facts.push(FORMAT);
        facts.extend(END);
        facts
    }
}

/// Takes a number of bytes off the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], SealError> {
    let (front, back) = rest.split_first_chunk().ok_or(SealError::Absent)?;
    *rest = back;
    Ok(*front)
}

/// Reads on, at most so many bytes, piece by piece; gives how many there were.
fn each_piece(
    file: &mut File,
    bytes_max: u64,
    mut work: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<u64> {
    let mut piece = vec![0; PIECE_BYTES];
    let mut limited = file.take(bytes_max);
    let mut total = 0_u64;
    loop {
        let count = limited.read(&mut piece)?;
        let read = piece.get(..count).unwrap_or_default();
        if read.is_empty() {
            return Ok(total);
        }
        work(read)?;
        total = total.saturating_add(read.len() as u64);
    }
}
