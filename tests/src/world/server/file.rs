//! The file that the simulated store writes: bytes that may tear, and those that the disk has.
//!
//! A transaction is one frame: its length, a check sum, its entries. What was written after the
//! last sync is at the mercy of a power cut; recovery keeps the frames that read back whole.

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};
use talkoot_core::audience::Audience;
use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::sign::SignedChange;
use talkoot_server::store::{LogEntry, StoredChange};

use super::super::Chance;

const HEADER_BYTES: usize = 12;
/// What a disk writes at once.
const SECTOR_BYTES: usize = 512;
const FRAME_BYTES_MAX: usize = 1 << 28;

/// What a power cut left of the bytes that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing lay there.
    Nothing,
    Lost,
    Torn,
    Kept,
}

/// A transaction as it lies in the file.
#[derive(Clone, Default, Encode, Decode)]
pub(crate) struct Frame {
    #[n(0)]
    pub(crate) entries: Vec<FileEntry>,
    #[n(1)]
    pub(crate) audiences: Vec<(RecordId, FileAudience)>,
}

/// An [`Audience`] in bytes.
#[derive(Clone, Copy, Encode, Decode)]
pub(crate) struct FileAudience {
    #[n(0)]
    everyone: bool,
    #[n(1)]
    signed_in: bool,
    #[n(2)]
    project: Option<RecordId>,
}

/// A [`LogEntry`] in bytes.
#[derive(Clone, Encode, Decode)]
pub(crate) enum FileEntry {
    #[n(0)]
    Change {
        #[n(0)]
        record: RecordId,
        #[n(1)]
        author: AccountId,
        #[n(2)]
        arrived_ms: u64,
        #[n(3)]
        signed: SignedChange,
    },
    #[n(1)]
    Reveal {
        #[n(0)]
        record: RecordId,
        #[n(1)]
        from: FileAudience,
    },
    #[n(2)]
    Conceal {
        #[n(0)]
        record: RecordId,
        #[n(1)]
        from: FileAudience,
    },
}

/// Bytes in the machine's memory, and how many of them the disk has.
#[derive(Clone, Default)]
pub(crate) struct File {
    bytes: Vec<u8>,
    synced: usize,
}

impl File {
    /// Writes a part of what a transaction is; the rest follows.
    pub(crate) fn write(&mut self, part: &[u8]) {
        self.bytes.extend(part);
    }

    /// Takes back what was written after the last sync.
    pub(crate) fn take_back(&mut self) {
        self.bytes.truncate(self.synced);
    }

    /// Has the disk confirm everything that was written.
    pub(crate) fn sync(&mut self) {
        self.synced = self.bytes.len();
    }

    /// Says whether the disk has not confirmed everything.
    pub(crate) fn is_unsynced(&self) -> bool {
        self.bytes.len() > self.synced
    }

    /// Cuts the power: what was not synced is lost, torn or kept, as chance will.
    pub(crate) fn cut_power(&mut self, chance: &mut Chance) -> Left {
        let tail = self.bytes.len() - self.synced;
        if tail == 0 {
            return Left::Nothing;
        }
        match chance.below(4) {
            0 => {
                self.take_back();
                Left::Lost
            }
            1 => {
                self.bytes.truncate(self.synced + chance.index(tail));
                Left::Torn
            }
            2 => {
                // A sector in the middle never reached the disk; later ones did.
                let from = self.synced + chance.index(tail);
                self.bytes.iter_mut().skip(from).take(SECTOR_BYTES).for_each(|byte| *byte = 0);
                Left::Torn
            }
            _ => Left::Kept,
        }
    }

    /// Reads the whole transactions and drops what follows them. With `halves`, a sabotaged
    /// recovery, the readable beginning of the last one counts as a transaction.
    pub(crate) fn recover(&mut self, halves: bool) -> Vec<Frame> {
        let (mut frames, mut at) = (Vec::new(), 0);
        while let Some((frame, end)) = self.bytes.get(at..).and_then(read_frame) {
            frames.push(frame);
            at += end;
        }
        if halves && let Some(half) = self.bytes.get(at..).and_then(read_half) {
            let bytes = framed(&half);
            frames.push(half);
            self.bytes.truncate(at);
            at += bytes.len();
            self.bytes.extend(bytes);
        }
        self.bytes.truncate(at);
        self.synced = self.bytes.len();
        frames
    }
}

/// Gives the bytes of a transaction.
pub(crate) fn framed(frame: &Frame) -> Vec<u8> {
    let body = codec::encode(frame);
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    let check = Sha256::digest(&body);
    let check = check.iter().take(HEADER_BYTES - 4);
    length.to_be_bytes().iter().chain(check).chain(&body).copied().collect()
}

fn read_frame(bytes: &[u8]) -> Option<(Frame, usize)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (check, rest) = rest.split_first_chunk::<8>()?;
    let body = rest.get(..length)?;
    let is_whole = Sha256::digest(body).iter().zip(check).all(|(one, other)| one == other);
    let frame = codec::decode(body, FRAME_BYTES_MAX).ok().filter(|_| is_whole)?;
    Some((frame, HEADER_BYTES + length))
}

/// Reads as much of a torn transaction as makes sense, the way nobody should.
fn read_half(bytes: &[u8]) -> Option<Frame> {
    let body = bytes.get(HEADER_BYTES + 1..)?;
    let mut decoder = minicbor::Decoder::new(body);
    decoder.array().ok()?;
    let count = decoder.array().ok()??;
    let entries = (0..count).map_while(|_| decoder.decode::<FileEntry>().ok());
    let entries: Vec<FileEntry> = entries.collect();
    (!entries.is_empty()).then_some(Frame { entries, audiences: Vec::new() })
}

impl From<Audience> for FileAudience {
    fn from(audience: Audience) -> Self {
        let Audience { everyone, signed_in, project } = audience;
        Self { everyone, signed_in, project }
    }
}

impl From<FileAudience> for Audience {
    fn from(audience: FileAudience) -> Self {
        let FileAudience { everyone, signed_in, project } = audience;
        Self { everyone, signed_in, project }
    }
}

impl From<&LogEntry> for FileEntry {
    fn from(entry: &LogEntry) -> Self {
        match entry {
            LogEntry::Change(stored) => Self::Change {
                record: stored.record,
                author: stored.author,
                arrived_ms: stored.arrived_ms,
                signed: stored.signed.clone(),
            },
            LogEntry::Reveal { record, from } => {
                Self::Reveal { record: *record, from: (*from).into() }
            }
            LogEntry::Conceal { record, from } => {
                Self::Conceal { record: *record, from: (*from).into() }
            }
        }
    }
}

impl FileEntry {
    /// Gives the entry; `None` if the change in it does not read.
    pub(crate) fn entry(self) -> Option<LogEntry> {
        Some(match self {
            Self::Change { record, author, arrived_ms, signed } => {
                let id = signed.open().ok()?.id;
                LogEntry::Change(StoredChange { id, record, author, arrived_ms, signed })
            }
            Self::Reveal { record, from } => LogEntry::Reveal { record, from: from.into() },
            Self::Conceal { record, from } => LogEntry::Conceal { record, from: from.into() },
        })
    }
}
