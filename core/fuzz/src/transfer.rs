//! Any bytes as a transfer file, and whatever a frame that fits may hold.
//!
//! A checksum and a signature stand before everything else, so no twist of a file would ever come
//! past them: the bytes are framed here as well, as a body, as its packing, and as changes signed
//! by devices that are believed, approved, or neither.

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};
use talkoot_core::change::Change;
use talkoot_core::codec::decode_change;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::limits::TRANSFER_BODY_BYTES_MAX;
use talkoot_core::record::Record;
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::transfer::{Held, Maker, Shelf, Slice, Transfer, Trust, read, sort, write};

use super::change::AUTHOR;
use super::script::Script;
use super::seeds;

/// Bytes before the packed part of a file.
const HEAD_BYTES: usize = 146;
/// Most changes that are sorted of one input.
const CHANGES_MAX: usize = 64;

/// Reads a file in one of four guises, and takes in what it says.
pub fn run(bytes: &[u8]) {
    let Some((guise, rest)) = bytes.split_first() else { return };
    match guise % 4 {
        0 => take_in(rest),
        1 => take_in(&frame(0, rest, rest.len())),
        2 => {
            let mut script = Script::new(rest);
            let body_bytes = usize::from(script.pair()) << (script.byte() % 16);
            take_in(&frame(1, rest.get(3..).unwrap_or_default(), body_bytes));
        }
        _ => take_in(&packed(rest)),
    }
}

/// Files as they are, and in every guise.
pub fn seeds() -> Vec<Vec<u8>> {
    let kinds = talkoot_core::schema::Kind::ALL;
    let changes: Vec<Vec<SignedChange>> = kinds
        .into_iter()
        .map(|kind| seeds::signed(kind, 1).into_iter().take(12).collect())
        .collect();
    let file = |changes: &Vec<SignedChange>| {
        let slice = Slice { made_ms: 7, changes: changes.clone(), makers: makers() };
        write(&slice, &key(1)).unwrap_or_default()
    };
    let mut all = Vec::new();
    for changes in &changes {
        let file = file(changes);
        let body_bytes = file.get(14..18).unwrap_or_default().to_vec();
        let small = body_bytes.get(2..).unwrap_or_default();
        all.push([&[2], small, &[0], file.get(HEAD_BYTES..).unwrap_or_default()].concat());
        all.push([&[0], &file[..]].concat());
        let bodies: Vec<Vec<u8>> = changes.iter().map(|signed| signed.body.clone()).collect();
        let keyed = bodies.iter().zip(0_u8..).map(|(body, at)| {
            let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes();
            [&[at % 4], &length[..], body].concat()
        });
        all.push([vec![3], keyed.collect::<Vec<_>>().concat()].concat());
    }
    all
}

fn key(number: u8) -> ReplicaKey {
    ReplicaKey::from_seed(&[number; 32])
}

/// One that the server vouches for, one that was approved, one that nobody knows, and the server.
fn makers() -> Vec<Maker> {
    vec![
        Maker::vouched(key(1).public(), AUTHOR, &key(9)),
        Maker::unproven(key(2).public(), AUTHOR),
        Maker::unproven(key(3).public(), AUTHOR),
        Maker::server(key(9).public()),
    ]
}

fn trust() -> Trust {
    let approved: BTreeSet<_> = [(key(2).public().replica(), AUTHOR)].into();
    let servers = [key(9).public()].into();
    Trust { servers, approved, ..Trust::default() }
}

/// Frames anything so that reading it comes to what is inside.
fn frame(packing: u8, packed: &[u8], body_bytes: usize) -> Vec<u8> {
    let signer = SigningKey::from_bytes(&[1; 32]);
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes();
    let head = [
        &[1, packing][..],
        &length(packed.len()),
        &length(body_bytes),
        &signer.verifying_key().to_bytes(),
    ]
    .concat();
    let sum: [u8; 32] = Sha256::new().chain_update(&head).chain_update(packed).finalize().into();
    let signature = signer.sign(&[&b"talkoot transfer file"[..], &sum].concat()).to_bytes();
    [&b"\x89TALKO\r\n"[..], &head, &signature, &sum, packed].concat()
}

/// Packs changes that are signed by the devices whose they are made to be.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut script = Script::new(bytes);
    let mut changes = Vec::new();
    while script.goes_on() && changes.len() < CHANGES_MAX {
        let Some(number) = [1, 2, 3, 9].get(script.index(4)).copied() else { continue };
        let Ok(change) = decode_change(script.bytes()) else { continue };
        let id = ChangeId { replica: key(number).public().replica(), ..change.id };
        let author = if change.author == AccountId([0; 16]) { change.author } else { AUTHOR };
        let record = RecordId([change.record.0[0] % 3; 16]);
        changes.push(key(number).sign(&Change { id, author, record, ..change }));
    }
    let slice = Slice { made_ms: 7, changes, makers: makers() };
    write(&slice, &key(1)).unwrap_or_default()
}

fn take_in(file: &[u8]) {
    let mut transfer = match read(file) {
        Ok(transfer) => transfer,
        Err(cause) => {
            assert!(cause.code().starts_with("transfer_"));
            return;
        }
    };
    transfer.changes.truncate(CHANGES_MAX);
    let Transfer { exporter: _, made_ms, makers, changes } = transfer.clone();
    let again = write(&Slice { made_ms, changes, makers }, &key(1));
    let again = again.ok().and_then(|again| read(&again).ok());
    assert!(again.is_some(), "what is read can be written");
    assert!(
        transfer.changes.iter().map(|it| it.body.len()).sum::<usize>() < TRANSFER_BODY_BYTES_MAX
    );
    settle(&transfer);
}

/// Takes a file in again and again: each time it brings something new or nothing more.
fn settle(transfer: &Transfer) {
    let (mut held, mut shelf, mut trust) = (Held::default(), Shelf::default(), trust());
    for _ in 0..=transfer.changes.len() {
        let sorting = sort(transfer, &shelf, &held, &trust);
        let is_new = |id: &ChangeId| !held.changes.contains_key(id);
        assert!(sorting.taken.iter().all(|(change, _)| is_new(&change.id)));
        if sorting.taken.is_empty() {
            let again = sort(transfer, &sorting.shelf, &held, &trust);
            assert_eq!(again.shelf, sorting.shelf, "the shelf is as it was");
            assert!(again.taken.is_empty());
            return;
        }
        let records: &mut BTreeMap<RecordId, Record> = &mut held.records;
        for (change, signed) in &sorting.taken {
            let record = records.entry(change.record);
            record.or_insert_with(|| Record::new(change.record)).apply(change);
            held.changes.insert(change.id, signed.clone());
        }
        assert!(sorting.withdrawn.is_empty(), "what is held is in the log");
        shelf = sorting.shelf;
        for maker in sorting.learnt {
            trust.makers.learn(maker);
        }
    }
    assert!(transfer.changes.is_empty(), "it never settles");
}
