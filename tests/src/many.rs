//! Thousands of records as messages of the sync conversation, for measurements.
//!
//! Each message goes out behind its length (four bytes, big-endian), ready to be posted to
//! `/api/sync` in the account's session. Everything follows from the arguments, so the same call
//! gives the same bytes. No network, no clock.

use std::io;

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::sign::ReplicaKey;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::message::{ClientMessage, Cursor, Hello, PROTOCOL};

/// Changes in one message: well below what a message may hold.
const BATCH: usize = 200;
/// The first of March 2020, in milliseconds since 1970; a record an hour follows.
const BEGUN_MS: u64 = 1_583_020_800_000;
const HOUR_MS: u64 = 3_600_000;

/// Writes this many records out, each created by the ops that its number is given.
pub fn write(
    out: &mut impl io::Write,
    account: AccountId,
    count: u64,
    ops: impl Fn(u64) -> Vec<Op>,
) -> io::Result<()> {
    let author = Author { account, key: ReplicaKey::from_seed(&[20; 32]) };
    let numbers: Vec<u64> = (1..=count).collect();
    for batch in numbers.chunks(BATCH) {
        let change = |number: &u64| {
            let stamp = Stamp { wall_ms: BEGUN_MS + number * HOUR_MS, tick: 0 };
            let slot = Slot { counter: *number, previous: 0, stamp };
            author.write(slot, name(*number), ops(*number)).1
        };
        let changes = batch.iter().map(change).collect();
        let bytes = codec::encode(&vec![hello(&author), ClientMessage::Push(changes)]);
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        out.write_all(&length.to_be_bytes())?;
        out.write_all(&bytes)?;
    }
    Ok(())
}

/// Gives one of a few words by a number.
pub fn pick<'a>(words: &[&'a str], number: u64) -> &'a str {
    let place = usize::try_from(number).unwrap_or_default() % words.len();
    words.get(place).copied().unwrap_or_default()
}

fn hello(author: &Author) -> ClientMessage {
    ClientMessage::Hello(Hello {
        protocol: PROTOCOL,
        key: author.key.public(),
        device: "many documents".to_owned(),
        cursor: Cursor::default(),
        waiting: 0,
    })
}

/// Spreads the names as chance would.
fn name(number: u64) -> RecordId {
    let spread = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    RecordId(spread.to_be_bytes())
}
