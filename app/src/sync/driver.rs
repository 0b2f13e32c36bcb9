//! Drives the client machine of core: feeds it events, one at a time, and does what it says.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use talkoot_core::sync::client::{Client, Event, Filling, Line, step};
use talkoot_core::sync::message::{Cursor, Holding, Presence};
use wasm_bindgen_futures::spawn_local;

use super::connection::Connection;
use super::queue::Queue;
use super::socket::Socket;
use super::{Lease, LineWord, News, ServerLine, Word};
use crate::device;
use crate::workspace::{Desk, LineState};

/// The line of this account, driven by the one tab that speaks for all.
pub(crate) struct Driver {
    pub(super) desk: Weak<Desk>,
    pub(super) client: RefCell<Client>,
    pub(super) queue: Queue,
    running: Cell<bool>,
    pub(super) line: RefCell<Option<Connection>>,
    /// A socket that is tried beside plain HTTP.
    pub(super) beside: RefCell<Option<Socket>>,
    /// Where the number of that socket goes once it takes over; absent until it has opened.
    pub(super) takes_over: RefCell<Option<Rc<Cell<Option<u64>>>>>,
    /// Counts connections, so that news of an old one is told apart.
    pub(super) connection: Cell<u64>,
    pub(super) socket_failures: Cell<u32>,
    stopped: Cell<bool>,
    _lease: Lease,
}

impl Driver {
    /// Takes the conversation up where this device left it, and what it owes.
    pub(crate) fn new(desk: &Rc<Desk>, cursor: Cursor, owes: bool, lease: Lease) -> Rc<Self> {
        Rc::new(Self {
            desk: Rc::downgrade(desk),
            client: RefCell::new(Client::new(cursor).owing(owes)),
            queue: Queue::default(),
            running: Cell::new(false),
            line: RefCell::new(None),
            beside: RefCell::new(None),
            takes_over: RefCell::new(None),
            connection: Cell::new(0),
            socket_failures: Cell::new(0),
            stopped: Cell::new(false),
            _lease: lease,
        })
    }

    /// Says how the line is to the screens of this tab and to the other tabs.
    pub(crate) fn show_line(&self) {
        let Some(desk) = self.desk.upgrade() else { return };
        let (line, busy, caught_up, owes) = {
            let client = self.client.borrow();
            let line = line_state(client.line);
            // What the server cannot judge yet waits; nothing of it is on its way.
            let comes = !client.caught_up && !matches!(client.filling, Filling::Kept(_));
            let busy = line == LineState::Online && (comes || !client.sending.is_empty());
            (line, busy, client.caught_up, client.filling != Filling::Nothing)
        };
        let before = desk.shown.status.with_untracked(LineWord::of);
        let mut status = desk.shown.status.get_untracked();
        status.syncing_since_ms = match (busy, status.syncing_since_ms) {
            (true, None) => Some(device::now_ms()),
            (true, since) => since,
            (false, _) => None,
        };
        (status.line, status.caught_up, status.owes) = (line, caught_up, owes);
        let word = LineWord::of(&status);
        if word != before {
            desk.shown.status.set(status);
            desk.note_sent();
            desk.note_owed_soon();
            desk.tell_tabs(&Word::Line(word));
        }
    }

    /// Queues an event of this device and works the queue off, in order.
    pub(super) fn tell(self: &Rc<Self>, event: Event) {
        self.queue.add(event);
        self.work_soon();
    }

    pub(super) fn work_soon(self: &Rc<Self>) {
        if self.stopped.get() {
            return self.queue.clear();
        }
        if !self.running.replace(true) {
            let driver = Rc::clone(self);
            spawn_local(async move {
                driver.work_off().await;
                driver.running.set(false);
            });
        }
    }

    async fn work_off(self: &Rc<Self>) {
        loop {
            self.take_over();
            let Some(event) = self.queue.next(self.connection.get()) else { return };
            let before = self.client.borrow().clone();
            let (after, effects) = step(before, event);
            *self.client.borrow_mut() = after;
            for effect in effects {
                self.perform(effect).await;
                if self.stopped.get() {
                    return;
                }
            }
            self.show_line();
        }
    }

    /// Hears what a connection reports, unless another one has taken its place.
    pub(super) fn hear(self: &Rc<Self>, connection: u64, news: News) {
        if connection != self.connection.get() {
            return;
        }
        let event = match news {
            News::Opened => Event::Opened,
            News::Said(message) => {
                self.note_answer(&message);
                Event::Received(message)
            }
            News::Closed { code } => {
                if matches!(self.client.borrow().line, Line::Opening { .. }) {
                    self.note_socket_failure();
                }
                let (now_ms, chance) = (device::now_ms(), device::chance_number());
                Event::Closed { code, now_ms, chance }
            }
        };
        self.queue.add_news(connection, event);
        self.work_soon();
    }
}

impl ServerLine for Driver {
    fn try_now(self: Rc<Self>) {
        self.tell(Event::TryNow);
    }

    fn page_shown(self: Rc<Self>) {
        self.tell(Event::PageShown);
    }

    fn signed_in(self: Rc<Self>) {
        self.tell(Event::SignedIn);
    }

    fn outbox_grew(self: Rc<Self>) {
        self.tell(Event::OutboxGrew);
    }

    fn owes_more(self: Rc<Self>) {
        self.tell(Event::OwedGrew);
    }

    fn here(self: Rc<Self>, presence: Presence) {
        self.tell(Event::PresenceChanged(presence));
    }

    fn looked(self: Rc<Self>, holding: Holding) {
        self.tell(Event::Looked(holding));
    }

    fn stop(&self) {
        self.stopped.set(true);
        self.queue.clear();
        self.close_line();
    }
}

/// Says how the line is in the words of the screens.
fn line_state(line: Line) -> LineState {
    match line {
        Line::Down { .. } => LineState::Offline,
        Line::Opening { failures: 0 } | Line::Greeting { .. } => LineState::Connecting,
        Line::Opening { .. } => LineState::Offline,
        Line::Up => LineState::Online,
        Line::Held(close) => LineState::Held(close),
    }
}
