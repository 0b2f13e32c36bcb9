//! Drives the client machine of core: feeds it events, one at a time, and does what it says.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use talkoot_core::sync::client::{Client, Event, Line, step};
use talkoot_core::sync::message::{ClientMessage, Cursor, Holding, Presence};
use wasm_bindgen_futures::spawn_local;

use super::http::HttpLine;
use super::socket::Socket;
use super::{Hear, Lease, LineWord, News, ServerLine, Word, address, socket_address};
use crate::device;
use crate::workspace::{Desk, LineState};

/// After how many sockets in a row that never opened plain HTTP is tried.
const SOCKET_TRIES: u32 = 2;

/// The line of this account, driven by the one tab that speaks for all.
pub(crate) struct Driver {
    pub(super) desk: Weak<Desk>,
    pub(super) client: RefCell<Client>,
    queue: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
    line: RefCell<Option<Connection>>,
    /// Counts connections, so that news of an old one is told apart.
    connection: Cell<u64>,
    socket_failures: Cell<u32>,
    stopped: Cell<bool>,
    _lease: Lease,
}

/// What carries the messages.
enum Connection {
    Socket(Socket),
    Http(Rc<HttpLine>),
}

impl Driver {
    /// Takes the conversation up where this device left it, and what it owes.
    pub(crate) fn new(desk: &Rc<Desk>, cursor: Cursor, owes: bool, lease: Lease) -> Rc<Self> {
        Rc::new(Self {
            desk: Rc::downgrade(desk),
            client: RefCell::new(Client::new(cursor).owing(owes)),
            queue: RefCell::new(VecDeque::new()),
            running: Cell::new(false),
            line: RefCell::new(None),
            connection: Cell::new(0),
            socket_failures: Cell::new(0),
            stopped: Cell::new(false),
            _lease: lease,
        })
    }

    /// Says how the line is to the screens of this tab and to the other tabs.
    pub(crate) fn show_line(&self) {
        let Some(desk) = self.desk.upgrade() else { return };
        let (line, caught_up, sending) = {
            let client = self.client.borrow();
            (line_state(client.line), client.caught_up, !client.sending.is_empty())
        };
        let before = desk.shown.status.with_untracked(LineWord::of);
        let mut status = desk.shown.status.get_untracked();
        let busy = line == LineState::Online && (sending || !caught_up);
        status.syncing_since_ms = match (busy, status.syncing_since_ms) {
            (true, None) => Some(device::now_ms()),
            (true, since) => since,
            (false, _) => None,
        };
        (status.line, status.caught_up) = (line, caught_up);
        let word = LineWord::of(&status);
        if word != before {
            desk.shown.status.set(status);
            desk.tell_tabs(&Word::Line(word));
        }
    }

    /// Queues an event and works the queue off, in order.
    pub(super) fn tell(self: &Rc<Self>, event: Event) {
        if self.stopped.get() {
            return;
        }
        self.queue.borrow_mut().push_back(event);
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
            let next = self.queue.borrow_mut().pop_front();
            let Some(event) = next else { return };
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

    /// Opens a line; which kind depends on what has worked.
    pub(super) fn open_line(self: &Rc<Self>) {
        if self.has_hanging_socket() {
            self.note_socket_failure();
        }
        self.close_line();
        let Some(desk) = self.desk.upgrade() else { return };
        let account = desk.local().ok().and_then(|local| local.account);
        let number = self.connection.get();
        let driver = Rc::downgrade(self);
        let hear: Hear = Rc::new(move |news| {
            let driver = driver.upgrade();
            if let Some(driver) = driver.filter(|driver| driver.connection.get() == number) {
                driver.hear(news);
            }
        });
        let line = if self.socket_failures.get() < SOCKET_TRIES {
            let socket = socket_address(account).and_then(|it| Socket::open(&it, &hear));
            socket.map(Connection::Socket)
        } else {
            // The next attempt is a socket again: what blocked it may be gone.
            self.socket_failures.set(0);
            Some(Connection::Http(HttpLine::open(address("/api/sync", account), &hear)))
        };
        if line.is_none() {
            self.hear(News::Closed { code: None });
        }
        *self.line.borrow_mut() = line;
    }

    fn has_hanging_socket(&self) -> bool {
        let line = self.line.borrow();
        matches!(line.as_ref(), Some(Connection::Socket(socket)) if socket.is_opening())
    }

    fn note_socket_failure(&self) {
        self.socket_failures.set(self.socket_failures.get().saturating_add(1));
    }

    /// Sends a message over the line, if there is one.
    pub(super) fn send(&self, message: &ClientMessage) {
        match self.line.borrow().as_ref() {
            Some(Connection::Socket(socket)) => socket.send(message),
            Some(Connection::Http(line)) => line.send(message),
            None => {}
        }
    }

    /// Ends the line that stands; its news is not heard any more.
    pub(super) fn close_line(&self) {
        self.connection.set(self.connection.get().wrapping_add(1));
        if let Some(Connection::Http(line)) = self.line.borrow_mut().take() {
            line.ended.set(true);
        }
    }

    fn hear(self: &Rc<Self>, news: News) {
        match news {
            News::Opened => self.tell(Event::Opened),
            News::Said(message) => {
                self.socket_failures.set(0);
                self.tell(Event::Received(message));
            }
            News::Closed { code } => {
                if matches!(self.client.borrow().line, Line::Opening { .. }) {
                    self.note_socket_failure();
                }
                let (now_ms, chance) = (device::now_ms(), device::chance_number());
                self.tell(Event::Closed { code, now_ms, chance });
            }
        }
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

    fn here(self: Rc<Self>, presence: Presence) {
        self.tell(Event::PresenceChanged(presence));
    }

    fn looked(self: Rc<Self>, holding: Holding) {
        self.tell(Event::Looked(holding));
    }

    fn stop(&self) {
        self.stopped.set(true);
        self.queue.borrow_mut().clear();
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
