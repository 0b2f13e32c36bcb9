//! The server killed, and asked to stop, at random moments under a load that it cannot keep up with.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;

use super::crowd::{Reader, Writer};
use super::device::{Device, create};
use super::http::{PATIENCE, Session, ask, sign_in};
use super::process::{Folder, Server};

const WRITERS: u8 = 5;
const READERS: u8 = 2;
const SHARED: RecordId = RecordId([99; 16]);
/// Acknowledgements after which a round ends at the latest.
const ROUND_MAX: u64 = 800;

/// Devices around a server that comes and goes, and how long it took to come back.
struct Crowd {
    server: Server,
    session: Session,
    writers: Vec<Writer>,
    readers: Vec<Reader>,
    /// What everybody else may rely on: the creation of the shared record.
    founded: (ChangeId, SignedChange),
    ready: Vec<Duration>,
}

impl Crowd {
    fn gather() -> Self {
        let server = Server::start();
        server.add_user("leena@talkoot.example", "coordinator", &[]);
        let session = sign_in(&server, "leena@talkoot.example");
        let mut device = Device::online(&server, 100, Some(&session));
        let founded = device.change(SHARED, create(Kind::Document));
        assert_eq!(device.push(founded.1.clone()), "ok");
        let writers = (1..=WRITERS).map(|it| Writer::new(&server, it, &session, SHARED)).collect();
        let readers = (0..READERS).map(|it| Reader::new(50 + it, &session)).collect();
        Self { server, session, writers, readers, founded, ready: Vec::new() }
    }

    /// Lets everybody work until so many changes were acknowledged, then ends the server.
    fn round(self, acknowledgements: u64, end: fn(Server) -> Folder) -> Self {
        let Self { server, session, mut writers, mut readers, founded, mut ready } = self;
        for writer in &mut writers {
            writer.connect(&server, &session);
        }
        for reader in &mut readers {
            reader.connect(&server, &session);
        }
        let (heard, acknowledged) = channel();
        let folder = std::thread::scope(|scope| {
            for writer in &mut writers {
                let heard = heard.clone();
                scope.spawn(move || writer.write_until_it_breaks(&heard));
            }
            for reader in &mut readers {
                scope.spawn(move || reader.read_until_it_breaks());
            }
            let mut left = acknowledgements;
            while left > 0 {
                let more = acknowledged.recv_timeout(PATIENCE).expect("the server works");
                left = left.saturating_sub(u64::try_from(more).unwrap());
            }
            end(server)
        });
        let since = Instant::now();
        let server = Server::start_in(folder);
        assert_eq!(ask(&server, "GET /api/health", &[], b"").status, 200);
        ready.push(since.elapsed());
        let mut crowd = Self { server, session, writers, readers, founded, ready };
        crowd.check_the_log();
        crowd
    }

    /// Finds everything acknowledged and everything received in the round in the log.
    fn check_the_log(&mut self) {
        let database = self.server.folder.database();
        let sql = "SELECT 1 FROM log WHERE replica = ?1 AND counter = ?2";
        let mut stored = database.prepare(sql).unwrap();
        let acknowledged = self.writers.iter_mut().flat_map(|it| std::mem::take(&mut it.news));
        let received = self.readers.iter_mut().flat_map(|it| std::mem::take(&mut it.news));
        for id in acknowledged.chain(received) {
            let counter = id.counter.cast_signed();
            assert!(stored.exists((id.replica.0, counter)).unwrap(), "{id:?} was lost");
        }
    }

    /// Reads everything as a device that knows nothing does, and compares it with what was made.
    fn check_all(&self, rounds: u64) {
        let mut fresh = Reader::new(60, &self.session);
        fresh.connect(&self.server, &self.session);
        let count = fresh.read_all();
        let stored = fresh.received;
        assert_eq!(stored.len(), count, "each change once");
        let made: BTreeMap<_, _> = self.writers.iter().flat_map(|it| &it.made).collect();
        let founded = BTreeMap::from([(&self.founded.0, &self.founded.1)]);
        for (id, signed) in &stored {
            let original = made.get(id).or(founded.get(id));
            assert_eq!(original, Some(&signed), "as it was sent, byte for byte");
        }
        let acknowledged = self.writers.iter().flat_map(|it| &it.acknowledged);
        let acknowledged: BTreeSet<_> = acknowledged.collect();
        let received: BTreeSet<_> = self.readers.iter().flat_map(|it| it.received.keys()).collect();
        let lost =
            |ids: &BTreeSet<&ChangeId>| ids.iter().filter(|id| !stored.contains_key(id)).count();
        assert_eq!((lost(&acknowledged), lost(&received)), (0, 0));
        let mut ready = self.ready.clone();
        ready.sort_unstable();
        let (median, most) = (ready[ready.len() / 2], ready[ready.len() - 1]);
        // Past the harness, which shows what passing tests say to nobody.
        let said = writeln!(
            std::io::stderr(),
            "{rounds} rounds: {} changes made, {} acknowledged, {} received by others, {} stored; \
             lost 0 and 0, twice 0; ready again after {median:?} (median), {most:?} (most)",
            made.len(),
            acknowledged.len(),
            received.len(),
            stored.len(),
        );
        said.unwrap();
    }
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn run(rounds: u64, seed: u64, end: fn(Server) -> Folder) {
    let mut chance = Chance(seed);
    let mut crowd = Crowd::gather();
    for _ in 0..rounds {
        crowd = crowd.round(chance.below(ROUND_MAX), end);
    }
    crowd.check_all(rounds);
}

#[test]
fn w9_a_hundred_kills_under_load_lose_nothing_and_store_nothing_twice() {
    // proves W9, W10, W11
    run(100, 0x5eed_0009, Server::kill);
}

#[cfg(unix)]
#[test]
fn w12_asked_to_stop_under_load_the_server_keeps_what_it_acknowledged_and_ends_clean() {
    run(20, 0x5eed_0012, |mut server| {
        server.signal("TERM");
        assert_eq!(server.wait(), Some(0));
        server.kill()
    });
}
