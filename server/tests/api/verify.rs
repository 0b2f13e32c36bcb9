//! `talkoot verify`: silent about what is whole, and a line for whatever is not.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_server::data_folder::DataFolder;
use talkoot_server::verify::{Listener, Problem, verify};

use super::backup::{back_up, take_back};
use super::device::{Device, create, create_in, publish, record, title};
use super::http::sign_in;
use super::process::{Folder, Server, talkoot};

/// How many single bits are flipped, each alone.
const FLIPS_AT_REST: u64 = 700;
const FLIPS_WRITE_AHEAD: u64 = 300;

/// A server with a few changes of every sort, marks included.
fn busy() -> Server {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    for number in 1..=2 {
        device.store(record(number), create(Kind::Document));
        device.store(record(number), title("Title"));
    }
    device.store(record(3), create_in(record(9)));
    device.store(record(3), publish(true));
    device.store(record(3), publish(false));
    server
}

fn stopped() -> Folder {
    let mut server = busy();
    server.signal("TERM");
    assert_eq!(server.wait(), Some(0));
    server.kill()
}

/// Runs the command and gives its exit code and what it printed.
fn run(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let done = talkoot(folder, &[&["verify"], words].concat(), "");
    (done.status.code(), String::from_utf8(done.stdout).unwrap())
}

/// What `talkoot verify` finds.
#[derive(Default)]
pub(crate) struct Heard {
    pub problems: Vec<Problem>,
    pub notes: usize,
}

impl Listener for Heard {
    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
    fn note(&mut self, _: &'static str) {
        self.notes += 1;
    }
    fn folded(&mut self, _: RecordId, _: [u8; 32]) {}
}

/// Looks at a folder as `talkoot verify` does.
pub(crate) fn look(folder: &Folder) -> Heard {
    let mut heard = Heard::default();
    // A file that cannot be read to its end has been told of before.
    drop(verify(&DataFolder::existing(&folder.0).unwrap(), &mut heard));
    heard
}

#[test]
fn r6_what_is_whole_has_no_problem_running_stopped_killed_restored() {
    let server = busy();
    let (code, said) = run(&server.folder.0, &["--digests"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the server runs") && said.ends_with("Nothing is wrong.\n"), "{said}");
    let digests = |said: &str| -> Vec<String> {
        said.lines().filter(|line| line.contains('\t')).map(str::to_owned).collect()
    };
    assert_eq!(digests(&said).len(), 3);
    let killed = server.kill();
    let before = std::fs::read(killed.0.join("talkoot.db-wal")).unwrap();
    let (code, after) = run(&killed.0, &["--digests"]);
    assert_eq!((code, digests(&after)), (Some(0), digests(&said)), "{after}");
    assert!(after.contains("did not stop cleanly"), "{after}");
    assert_eq!(std::fs::read(killed.0.join("talkoot.db-wal")).unwrap(), before, "only looked at");
    let (out, restored) = (Folder::new(), Folder::new());
    let file = back_up(&killed.0, &out, "a.talkoot");
    assert!(take_back(&restored.0, &file, &[]).status.success());
    let (code, after) = run(&restored.0, &["--digests"]);
    assert_eq!((code, digests(&after)), (Some(0), digests(&said)), "{after}");
    assert!(!after.contains("Note"), "sealed: {after}");
}

#[test]
fn r6_a_clean_stop_and_an_administrators_command_leave_a_seal() {
    let folder = stopped();
    assert!(folder.0.join("talkoot.seal").exists());
    assert_eq!((look(&folder).problems, look(&folder).notes), (vec![], 0));
    let words = ["user", "set-role", "leena@talkoot.example", "reader"];
    assert!(talkoot(&folder.0, &words, "").status.success());
    assert_eq!((look(&folder).problems, look(&folder).notes), (vec![], 0));
    let demo = Folder::new();
    assert!(talkoot(&demo.0, &["demo"], "").status.success());
    let (code, said) = run(&demo.0, &[]);
    assert!(code == Some(0) && !said.contains("Note"), "{said}");
}

/// Numbers from a seed, the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

fn flip(path: &Path, bit: u64) {
    let mut file = File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::Start(bit / 8)).unwrap();
    file.read_exact(&mut byte).unwrap();
    byte[0] ^= 1 << (bit % 8);
    file.seek(SeekFrom::Start(bit / 8)).unwrap();
    file.write_all(&byte).unwrap();
}

/// Flips bits of a folder's files, each alone, and counts those that were found.
fn found(folder: &Folder, names: &[&str], flips: u64, chance: &mut Chance) -> u64 {
    let files = names.iter().map(|name| folder.0.join(name));
    let files: Vec<_> = files.map(|it| (std::fs::metadata(&it).unwrap().len() * 8, it)).collect();
    let bits = files.iter().map(|(bits, _)| bits).sum();
    let mut found = 0;
    for _ in 0..flips {
        let mut bit = chance.below(bits);
        let mut place = 0;
        while bit >= files[place].0 {
            bit -= files[place].0;
            place += 1;
        }
        flip(&files[place].1, bit);
        let is_found = !look(folder).problems.is_empty();
        flip(&files[place].1, bit);
        assert!(is_found, "bit {bit} of {:?} flipped unnoticed", files[place].1);
        found += 1;
    }
    assert_eq!(look(folder).problems, [], "and whole again");
    found
}

#[test]
fn r7_each_of_a_thousand_flipped_bits_is_found() {
    let mut chance = Chance(3);
    let at_rest = found(&stopped(), &["talkoot.db", "talkoot.seal"], FLIPS_AT_REST, &mut chance);
    let killed = busy().kill();
    let ahead = found(&killed, &["talkoot.db-wal"], FLIPS_WRITE_AHEAD, &mut chance);
    assert_eq!(at_rest + ahead, 1_000);
}

#[test]
fn r8_whatever_a_row_says_falsely_is_found_without_a_seal() {
    let whole = stopped();
    for (sql, word) in [
        ("UPDATE log SET author = zeroblob(16) WHERE sequence = 1", "names another"),
        ("UPDATE log SET record = x'02020202020202020202020202020202' WHERE sequence = 1", "names"),
        ("UPDATE log SET counter = 77 WHERE sequence = 2", "names another"),
        ("UPDATE log SET signature = zeroblob(64) WHERE sequence = 3", "signature"),
        ("UPDATE log SET body = x'01ff' WHERE sequence = 2", "decode"),
        ("DELETE FROM log WHERE sequence = 2", "missing"),
        ("DELETE FROM log WHERE sequence = 1", "builds on"),
        ("DELETE FROM log WHERE kind = 1", "mark"),
        ("DELETE FROM log WHERE kind = 2", "mark is missing"),
        ("UPDATE log SET from_signed_in = 1 - from_signed_in WHERE kind = 1", "mark"),
        ("UPDATE audience SET everyone = 1 - everyone", "may see it"),
        ("DELETE FROM audience", "may see it"),
        ("UPDATE audience SET record_kind = 1 - record_kind", "listed otherwise"),
        ("UPDATE audience SET created = -created", "listed otherwise"),
        ("UPDATE audience SET changed = changed + 1", "listed otherwise"),
        ("UPDATE audience SET changed_ms = changed_ms + 1", "listed otherwise"),
        (
            "INSERT INTO audience (record, everyone, signed_in) VALUES (zeroblob(16), 1, 1)",
            "nobody made",
        ),
        ("DELETE FROM device", "nobody knows the key"),
        ("UPDATE device SET public_key = zeroblob(32)", "another name"),
        (
            "UPDATE device SET account = (SELECT account FROM account WHERE role = 1)",
            "another account",
        ),
    ] {
        let folder = Folder::new();
        std::fs::copy(whole.0.join("talkoot.db"), folder.0.join("talkoot.db")).unwrap();
        let add = "INSERT INTO account VALUES (zeroblob(16), 'x@x', 'X', 1, 'x', 1, 1)";
        let database = folder.database();
        database.execute(add, []).unwrap();
        assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
        database.close().unwrap();
        let heard = look(&folder);
        let said: Vec<_> = heard.problems.iter().map(|it| it.what.as_str()).collect();
        assert!(said.iter().any(|what| what.contains(word)), "{sql}: {said:?}");
        assert_eq!(run(&folder.0, &[]).0, Some(1), "{sql}");
    }
}
