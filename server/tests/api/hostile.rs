//! Those who mean harm, over a real socket: every known killer as a fixed case.
//!
//! After each case the same process answers, the log is as long as before and
//! the refusal has its code; after each group honest work goes on and the
//! process has never held more than [`MEMORY_KB_MAX`]. How long the answers
//! took is measured and printed, never asserted: `-- --nocapture` shows it.

mod changes;
mod lines;
mod messages;
mod texts;
#[path = "../../../core/tests/text_hostile/bytes.rs"]
mod wire;

use std::time::{Duration, Instant};

use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};

use super::device::{Device, create, record};
use super::http::{Session, ask, sign_in};
use super::process::Server;

/// The field that hostile updates aim at.
const FIELD: &str = "body";
/// The most that the server may ever have held, in kilobytes.
const MEMORY_KB_MAX: u64 = 256 * 1_024;

/// A server with one document, and somebody who is signed in and means harm.
struct Siege {
    server: Server,
    session: Session,
    device: Device,
    rows: u64,
    took: Vec<(String, Duration)>,
}

impl Siege {
    /// Starts a server with one document whose text has one line, by Yjs client 4.
    fn start() -> Self {
        let server = Server::start();
        server.add_user("leena@talkoot.example", "coordinator", &[]);
        let session = sign_in(&server, "leena@talkoot.example");
        let mut device = Device::online(&server, 1, Some(&session));
        device.store(record(1), create(Kind::Document));
        device.store(record(1), text(honest_line(4)));
        let rows = server.folder.log_rows();
        Self { server, session, device, rows, took: Vec::new() }
    }

    /// Pushes an update of the document's text and checks the code of the refusal.
    fn refuse_text(&mut self, name: &str, update: Vec<u8>, expected: &str) {
        self.refuse(name, record(1), text(update), expected);
    }

    /// Pushes a change and checks the code of the refusal.
    fn refuse(&mut self, name: &str, of: RecordId, ops: Vec<Op>, expected: &str) {
        let signed = self.device.attempt(of, ops);
        let started = Instant::now();
        let code = self.device.push(signed);
        self.survived(name, started, code == expected, &code);
    }

    /// Notes how long an answer took, and checks that nothing came of it.
    fn survived(&mut self, name: &str, started: Instant, as_expected: bool, got: &str) {
        self.took.push((name.to_owned(), started.elapsed()));
        assert!(as_expected, "{name}: {got}");
        assert!(self.server.is_running(), "{name} ended the server");
        assert_eq!(ask(&self.server, "GET /api/health", &[], &[]).status, 200, "{name}");
        assert_eq!(self.server.folder.log_rows(), self.rows, "{name} was stored");
    }

    /// Checks that honest work goes on, and prints what was measured.
    fn end(mut self) {
        let mut honest = Device::online(&self.server, 90, Some(&self.session));
        honest.store(record(90), create(Kind::Document));
        honest.store(record(90), text(honest_line(90)));
        assert_eq!(self.server.folder.log_rows(), self.rows + 2, "honest work is stored");
        let memory_kb = self.server.memory_kb();
        assert!(memory_kb < MEMORY_KB_MAX, "{memory_kb} kB");
        self.took.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
        report(memory_kb, &self.took);
    }
}

#[expect(clippy::print_stdout, reason = "the figures are for whoever runs the test")]
fn report(memory_kb: u64, took: &[(String, Duration)]) {
    println!("{} hostile cases, at most {memory_kb} kB held; the slowest answers:", took.len());
    for (name, took) in took.iter().take(5) {
        println!("{:>9.2} ms  {name}", took.as_secs_f64() * 1_000.0);
    }
}

/// A change of the text alone.
fn text(update: Vec<u8>) -> Vec<Op> {
    vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]
}

/// The update of an honest writer's first line.
fn honest_line(client: u64) -> Vec<u8> {
    let line = Edit::AppendParagraph { text: "Kylätalo".to_owned() };
    TextDocument::new(client).edit(FIELD, &line).unwrap()
}
