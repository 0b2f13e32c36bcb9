//! The write-ahead file of a server that did not stop cleanly, checked frame by frame.
//!
//! SQLite takes a frame whose checksum does not fit for the end of the file, and so
//! loses without a word whatever was committed after it. Here it is said. The form
//! is SQLite's: <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::{Listener, report};

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// The last bit says in which order the words of checksums are read.
const MAGIC: u32 = 0x377f_0682;
const PLACE: &str = "write-ahead file";

/// The running checksum: each frame's builds on the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sum {
    high: u32,
    low: u32,
}

/// What the header says.
struct Header {
    is_big_endian: bool,
    page_bytes: usize,
    salts: u64,
    sum: Sum,
}

/// Checks every frame; an absent or empty file has none.
pub(super) fn check(path: &Path, heard: &mut impl Listener) -> io::Result<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(cause),
    };
    let length = file.metadata()?.len();
    let mut file = BufReader::new(file);
    let mut header = [0; HEADER_BYTES];
    if length == 0 {
        return Ok(());
    }
    let header = match file.read_exact(&mut header) {
        Ok(()) => Header::read(&header),
        Err(_) => None,
    };
    let Some(header) = header else {
        report(heard, PLACE, "its header does not check".to_owned());
        return Ok(());
    };
    check_frames(&mut file, &header, heard)
}

fn check_frames(
    file: &mut impl Read,
    header: &Header,
    heard: &mut impl Listener,
) -> io::Result<()> {
    let mut frame = vec![0; FRAME_HEADER_BYTES.saturating_add(header.page_bytes)];
    // The sum so far, and the salts of the frames that it runs over.
    let (mut sum, mut salts) = (header.sum, header.salts);
    for number in 1_u64.. {
        if !read_whole(file, &mut frame)? {
            break;
        }
        let stored = stored_sum(&frame);
        let own = u64_at(&frame, 8);
        let fits = header.continued(sum, &frame) == stored;
        // Frames of an earlier use of the file lie behind the last one, with other salts. The
        // first of them builds on a frame that was written over, so nothing can be said of it.
        let begins_earlier_use = own != salts && own != header.salts && !fits;
        if begins_earlier_use {
            heard.note("the write-ahead file ends with an earlier use that nobody reads");
        } else if !fits || own != salts {
            let what = "does not check: damaged, or a power cut came while it was written";
            report(heard, &format!("{PLACE}, frame {number}"), what.to_owned());
        }
        (sum, salts) = (stored, own);
    }
    Ok(())
}

impl Header {
    fn read(bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let magic = u32_at(bytes, 0);
        let page_bytes = usize::try_from(u32_at(bytes, 8)).ok()?;
        let is_form = magic & !1 == MAGIC && u32_at(bytes, 4) == 3_007_000;
        if !is_form || !(512..=65_536).contains(&page_bytes) {
            return None;
        }
        let sum = Sum { high: u32_at(bytes, 24), low: u32_at(bytes, 28) };
        let header =
            Self { is_big_endian: magic & 1 == 1, page_bytes, salts: u64_at(bytes, 16), sum };
        let found = header.add(Sum { high: 0, low: 0 }, bytes.get(..24)?);
        (found == sum).then_some(header)
    }

    /// Carries a sum on over a frame: the first eight bytes of its header, then its page.
    fn continued(&self, sum: Sum, frame: &[u8]) -> Sum {
        let sum = self.add(sum, frame.get(..8).unwrap_or_default());
        self.add(sum, frame.get(FRAME_HEADER_BYTES..).unwrap_or_default())
    }

    fn add(&self, mut sum: Sum, bytes: &[u8]) -> Sum {
        for [a, b, c, d, e, f, g, h] in bytes.as_chunks::<8>().0 {
            let word = if self.is_big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
            sum.high = sum.high.wrapping_add(word([*a, *b, *c, *d])).wrapping_add(sum.low);
            sum.low = sum.low.wrapping_add(word([*e, *f, *g, *h])).wrapping_add(sum.high);
        }
        sum
    }
}

fn stored_sum(frame: &[u8]) -> Sum {
    Sum { high: u32_at(frame, 16), low: u32_at(frame, 20) }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..).and_then(|rest| rest.first_chunk());
    word.map_or(0, |word| u32::from_be_bytes(*word))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) << 32 | u64::from(u32_at(bytes, at.saturating_add(4)))
}

/// Reads one frame; false where the file ends, maybe within a frame that nobody committed.
fn read_whole(file: &mut impl Read, frame: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(frame) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(cause) => Err(cause),
    }
}
