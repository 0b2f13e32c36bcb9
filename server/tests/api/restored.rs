//! Devices that are ahead of a restored server, over real lines: they fill it up again.
//!
//! The devices are those of core's own tests: its machine over a small disk.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::limits::MESSAGE_CHANGES_MAX;
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::client::{Event, Filling};
use talkoot_core::sync::message::{ClientMessage, Close};

use super::backup::{back_up, take_back};
use super::device::{Device, Heard, answer, create, create_in, record, title};
use super::http::{Session, sign_in};
use super::process::{Folder, Server, talkoot};

#[expect(dead_code, reason = "core's own tests use more of it")]
#[path = "../../../core/tests/restore/device.rs"]
mod memory;

/// A device of core's tests on a real line.
struct Laptop {
    memory: memory::Device,
    line: Device,
    session: Session,
}

impl Laptop {
    fn new(number: u8, session: &Session) -> Self {
        let account = session.account.parse().unwrap();
        let memory = memory::Device::of(account, number);
        Self { memory, line: Device::new(number, Some(session)), session: session.clone() }
    }

    fn connect(&mut self, server: &Server) {
        self.line.connect(server, Some(&self.session), "");
        let said = self.memory.open();
        self.say(&said);
    }

    fn say(&mut self, messages: &[ClientMessage]) {
        for message in messages {
            self.line.say(message);
        }
    }

    /// Talks until something is so.
    fn until(&mut self, is_so: impl Fn(&memory::Device) -> bool) {
        while !is_so(&self.memory) {
            let Heard::Said(message) = self.line.hear() else { panic!("the server closed") };
            let said = self.memory.tell(Event::Received(message));
            self.say(&said);
        }
    }

    fn settle(&mut self) {
        self.until(|device| device.client.caught_up && device.disk.outbox.is_empty());
    }

    fn write(&mut self, record: RecordId, ops: Vec<Op>) {
        let said = self.memory.write(record, ops);
        self.say(&said);
    }

    fn type_in(&mut self, record: RecordId, text: &str) {
        let ops = self.memory.paragraph(record, text);
        self.write(record, ops);
    }
}

/// Reads what `talkoot verify` folds of a data folder.
pub(crate) fn digests(folder: &Folder) -> BTreeMap<RecordId, String> {
    let done = talkoot(&folder.0, &["verify", "--digests"], "");
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}");
    let lines = said.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(record, digest)| (record.parse().unwrap(), digest.to_owned())).collect()
}

fn hex(digests: &BTreeMap<RecordId, [u8; 32]>) -> BTreeMap<RecordId, String> {
    let mut lines = BTreeMap::new();
    for (record, digest) in digests {
        let line: &mut String = lines.entry(*record).or_default();
        for byte in digest {
            write!(line, "{byte:02x}").unwrap();
        }
    }
    lines
}

/// Puts a backup in the place of what a killed server left, and starts anew.
fn restart_from(server: Server, backup: &std::path::Path) -> Server {
    let folder = server.kill();
    let done = take_back(&folder.0, backup, &["--replace"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Server::start_in(folder)
}

#[test]
fn r10_three_devices_fill_up_a_server_that_was_restored_from_yesterday() {
    let server = Server::start();
    let people = ["leena", "pentti", "marja"].map(|name| format!("{name}@talkoot.example"));
    for email in &people {
        server.add_user(email, "member", &[]);
    }
    let sessions = people.map(|email| sign_in(&server, &email));
    let mut laptops: Vec<Laptop> =
        (1..).zip(&sessions).map(|(number, session)| Laptop::new(number, session)).collect();
    for laptop in &mut laptops {
        laptop.connect(&server);
        laptop.settle();
    }
    laptops[0].write(record(1), create(Kind::Document));
    laptops[0].type_in(record(1), "Before the backup.");
    for laptop in &mut laptops {
        laptop.until(|device| device.disk.changes.len() == 2 && device.disk.outbox.is_empty());
    }
    let out = Folder::new();
    let backup = back_up(&server.folder.0, &out, "yesterday");
    let mut changes = 2;
    for number in 2..=3 {
        laptops[usize::from(number) - 1].write(record(number), create(Kind::Document));
        changes += 1;
        for laptop in &mut laptops {
            laptop.until(|device| device.disk.changes.len() == changes);
        }
    }
    for round in 0..4_u8 {
        for place in 0..3_u8 {
            // Each builds on what the others wrote.
            let of = record((place + round) % 3 + 1);
            laptops[usize::from(place)].type_in(of, "After the backup.");
            changes += 1;
            for laptop in &mut laptops {
                laptop.until(|device| device.disk.changes.len() == changes);
            }
        }
    }
    laptops.iter_mut().for_each(Laptop::settle);
    let server = restart_from(server, &backup);
    assert_eq!(server.folder.log_rows(), 2, "a day is gone");
    for (laptop, number) in laptops.iter_mut().zip(1..) {
        laptop.memory.close();
        laptop.type_in_unheard(record(number), "While it was away.");
    }
    changes += 3;
    for laptop in &mut laptops {
        laptop.connect(&server);
        laptop.settle();
        assert!(laptop.memory.disk.owed.is_empty());
    }
    for laptop in &mut laptops {
        laptop.until(|device| device.disk.changes.len() == changes && device.client.caught_up);
        assert_eq!(laptop.memory.disk.set_aside, []);
        assert_eq!(laptop.memory.client.filling, Filling::Nothing);
    }
    let expected = digests(&server.folder);
    assert_eq!(server.folder.log_rows(), changes as u64, "each once");
    for laptop in &laptops {
        assert_eq!(hex(&laptop.memory.digests()), expected, "byte for byte");
    }
}

impl Laptop {
    /// Writes with no server.
    fn type_in_unheard(&mut self, record: RecordId, text: &str) {
        let ops = self.memory.paragraph(record, text);
        assert_eq!(self.memory.write(record, ops), []);
    }
}

/// Gives changes back and gives "ok" or the code of the first refusal.
fn give_back(carrier: &mut Device, changes: Vec<SignedChange>) -> String {
    carrier.say(&ClientMessage::Return(changes));
    carrier.wait_for(answer)
}

#[test]
fn r12_a_returned_change_is_judged_by_its_author_and_his_devices_key() {
    let server = Server::start();
    let project = record(9);
    server.add_user("leena@talkoot.example", "member", &[project.to_string()]);
    server.add_user("reader@talkoot.example", "reader", &[]);
    let [leena, reader] =
        ["leena", "reader"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    let mut author = Device::online(&server, 1, Some(&leena));
    let mut unmet = Device::new(5, Some(&leena));
    let mut carrier = Device::online(&server, 2, Some(&reader));
    let made = author.edit(record(1), create_in(project));
    assert_eq!(give_back(&mut carrier, vec![made.clone()]), "ok", "by a reader's hand");
    assert_eq!(give_back(&mut carrier, vec![made]), "ok", "twice is harmless");
    assert_eq!(server.folder.log_rows(), 1);
    let mut forged = author.edit(record(2), create(Kind::Document));
    forged.signature[9] ^= 1;
    let not_his = author.edit(record(3), create_in(record(8)));
    let gap = author.edit(record(3), title("Builds on what was refused"));
    let of_nobody = unmet.edit(record(4), create(Kind::Document));
    let of_reader = carrier.edit(record(5), create(Kind::Document));
    let mut pretender = Device::new(2, Some(&leena));
    let as_leena = pretender.edit(record(6), create(Kind::Document));
    let garbage = SignedChange { body: vec![7; 9], signature: [0; 64] };
    for (code, change) in [
        ("signature", forged),
        ("not_allowed", not_his),
        ("unknown_record", gap),
        ("foreign_device", of_nobody.clone()),
        ("not_allowed", of_reader),
        ("foreign_author", as_leena),
        ("malformed", garbage),
    ] {
        assert_eq!(give_back(&mut carrier, vec![change]), code);
    }
    assert_eq!(server.folder.log_rows(), 1);
    // Once the device has met the server, anybody's hand will do.
    unmet.connect(&server, Some(&leena), "");
    unmet.greet();
    assert_eq!(give_back(&mut carrier, vec![of_nobody]), "ok");
}

#[test]
fn r14_too_much_given_back_at_once_ends_the_line() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "member", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    let signed = device.edit(record(1), create(Kind::Document));
    device.say(&ClientMessage::Return(vec![signed; MESSAGE_CHANGES_MAX + 1]));
    assert_eq!(device.wait_for_close(), Some(Close::TooMuch.code()));
    assert_eq!(server.folder.log_rows(), 0);
}

#[test]
fn r15_what_the_server_signed_after_the_backup_is_still_proved_and_its_numbers_are_not_given_again()
{
    let seed = |folder: &Folder, name: &str| -> Vec<u8> {
        let sql = "SELECT value FROM meta WHERE name LIKE ?1";
        folder.database().query_row(sql, [name], |row| row.get(0)).unwrap()
    };
    let folder = Folder::new();
    assert!(talkoot(&folder.0, &["demo"], "").status.success());
    let before = (seed(&folder, "replica_seed"), digests(&folder));
    let out = Folder::new();
    let backup = back_up(&folder.0, &out, "a");
    assert!(take_back(&folder.0, &backup, &["--replace"]).status.success());
    assert_eq!(seed(&folder, "former_seed.%"), before.0);
    let kept: i64 = folder
        .database()
        .query_row("SELECT count(*) FROM meta WHERE name = 'replica_seed'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 0, "the next one is made when it is needed");
    assert_eq!(digests(&folder), before.1);
}
