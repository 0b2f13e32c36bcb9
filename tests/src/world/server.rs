//! The real server in the simulated world: its writer, its conversations, its feed, over a disk
//! that the world controls.
//!
//! Nothing runs by itself. The world lets an operation of the disk through, or lets one
//! connection turn to what it hears, and then every task is polled until none can go on.
//! A connection does one thing at a time, as `http/socket.rs` does.

pub(crate) mod accounts;
pub(crate) mod asking;
mod door;
mod ear;
mod file;
mod held;
pub(crate) mod store;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use talkoot_core::sync::message::{ClientMessage, ServerMessage};
use talkoot_server::clock::Clock;
use talkoot_server::held::HeldComments;
use talkoot_server::reading::Place;
use talkoot_server::services::Services;
use talkoot_server::settings::Settings;
use talkoot_server::store::{StoreError, TokenHash};
use tokio::sync::mpsc;

use self::asking::{Asking, Reply, Request};
use self::ear::Ear;
pub(crate) use self::file::Left;
use self::held::SimHeld;
pub(crate) use self::store::Backup;
use self::store::SimStore;
use super::Chance;
use super::sabotage::Sabotage;

/// What a server says into a line.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    Accepted,
    Said(ServerMessage),
    Closed(u16),
}

/// Who asks for a line: the cookie, and the account that the device expects to be.
#[derive(Clone, Debug)]
pub(crate) struct Asks {
    pub(crate) token: Option<TokenHash>,
    pub(crate) account: Option<String>,
}

/// The server's machine: a disk, and a process while it runs.
pub(crate) struct Server {
    pub(crate) store: Arc<SimStore>,
    sabotage: Option<Sabotage>,
    clock: Arc<AtomicU64>,
    process: Option<Process>,
}

/// A running server.
struct Process {
    services: Services,
    writer: Pin<Box<dyn Future<Output = ()>>>,
    ears: BTreeMap<u64, Ear>,
    asking: Vec<Asking>,
    replies: Vec<(u64, Reply)>,
    /// Every open socket of the real server holds one end; here nobody waits for the last.
    _nobody_waits: mpsc::Receiver<()>,
}

/// Says whether any task was woken.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Server {
    pub(crate) fn new(log: u64, sabotage: Option<Sabotage>) -> Self {
        let store = Arc::new(SimStore::new(log, sabotage));
        Self { store, sabotage, clock: Arc::default(), process: None }
    }

    pub(crate) fn set_clock(&self, now_ms: u64) {
        self.clock.store(now_ms, Ordering::Relaxed);
    }

    pub(crate) fn runs(&self) -> bool {
        self.process.is_some()
    }

    /// Starts the process, as after a boot: what it asks of the disk happens at once.
    pub(crate) fn start(&mut self) {
        let clock = Arc::clone(&self.clock);
        let clock = Clock::of(move || clock.load(Ordering::Relaxed));
        let (store, settings) = (Arc::clone(&self.store), Settings::default());
        let starting = Services::assemble(store, settings, clock, Place::Here);
        let started = at_once(starting, &self.store);
        self.process = started.and_then(Result::ok).map(|(mut services, writer, sockets)| {
            services.held = Arc::new(HeldComments::over(SimHeld(Arc::clone(&self.store))));
            Process {
                services,
                writer: Box::pin(writer.run()),
                ears: BTreeMap::new(),
                asking: Vec::new(),
                replies: Vec::new(),
                _nobody_waits: sockets,
            }
        });
    }

    /// Ends the process between two steps; with chance, the power is cut.
    pub(crate) fn die(&mut self, power_cut: Option<&mut Chance>) -> Left {
        self.process = None;
        let (store, left) = self.store.after_crash(power_cut);
        self.store = Arc::new(store);
        left
    }

    /// Ends the process and puts a backup in the place of what the disk holds.
    pub(crate) fn restore(&mut self, backup: &Backup, log: u64) {
        self.process = None;
        self.store = Arc::new(SimStore::restored(backup, log, self.sabotage));
    }

    pub(crate) fn open(&mut self, line: u64, asks: Asks) {
        if let Some(process) = &mut self.process {
            let ear = Ear::open(process.services.clone(), asks);
            process.ears.insert(line, ear);
        }
    }

    /// Takes a request beside the lines; a server that does not run answers none.
    pub(crate) fn ask(&mut self, number: u64, asks: Request) {
        let shows_all = self.sabotage == Some(Sabotage::ShowHeldToAll);
        if let Some(process) = &mut self.process {
            let asking = Asking::begin(number, process.services.clone(), asks, shows_all);
            process.asking.push(asking);
        }
    }

    /// Gives what was answered since the last time.
    pub(crate) fn replies(&mut self) -> Vec<(u64, Reply)> {
        self.process.as_mut().map(|it| std::mem::take(&mut it.replies)).unwrap_or_default()
    }

    pub(crate) fn hear(&mut self, line: u64, message: ClientMessage) {
        if let Some(ear) = self.process.as_mut().and_then(|it| it.ears.get_mut(&line)) {
            ear.hear(message);
        }
    }

    pub(crate) fn hang_up(&mut self, line: u64) {
        if let Some(process) = &mut self.process {
            process.ears.remove(&line);
        }
    }

    /// Tells every connection to look again at sessions and rights.
    pub(crate) fn recheck(&self) {
        if let Some(process) = &self.process {
            process.services.hub.recheck();
        }
    }

    /// Lets an operation of the disk through.
    pub(crate) fn let_through(&mut self, place: usize, answer: Result<(), StoreError>) {
        self.store.door.open(place, answer);
    }

    /// Lists the connections that could turn to something.
    pub(crate) fn attentive(&self) -> Vec<u64> {
        let ears = self.process.iter().flat_map(|process| &process.ears);
        ears.filter(|(_, ear)| ear.has_something()).map(|(line, _)| *line).collect()
    }

    /// Has one connection turn to what it can hear.
    pub(crate) fn turn(&mut self, line: u64, chance: &mut Chance) {
        if let Some(ear) = self.process.as_mut().and_then(|it| it.ears.get_mut(&line)) {
            ear.turn(chance);
        }
    }

    /// Polls every task until none can go on, and gives what was said.
    pub(crate) fn settle(&mut self) -> Vec<(u64, Out)> {
        let Some(process) = &mut self.process else { return Vec::new() };
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        let mut said = Vec::new();
        loop {
            woken.0.store(false, Ordering::Relaxed);
            // The writer ends only when every queue is gone, and this process holds one.
            let _running = process.writer.as_mut().poll(&mut context);
            for (line, ear) in &mut process.ears {
                said.extend(ear.poll(&mut context).into_iter().map(|out| (*line, out)));
            }
            let mut replies = Vec::new();
            process.asking.retain_mut(|asking| {
                let reply = asking.poll(&mut context);
                let is_open = reply.is_none();
                replies.extend(reply);
                is_open
            });
            process.replies.extend(replies);
            process.ears.retain(|_, ear| !ear.has_ended());
            if !woken.0.load(Ordering::Relaxed) {
                return said;
            }
        }
    }
}

/// Runs something to its end with a disk that does everything at once.
fn at_once<T>(work: impl Future<Output = T>, store: &SimStore) -> Option<T> {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = work.as_mut().poll(&mut context) {
            return Some(value);
        }
        if store.door.waiting() == 0 {
            return None;
        }
        store.door.open(0, Ok(()));
    }
}
