//! What carries the conversation: a WebSocket, or plain HTTP where none gets through.
//!
//! Plain HTTP hears of others only when it asks. So when it has an answer, and
//! again after waits that grow, a socket is tried beside it: what blocked it may
//! have been the same missing network. The first that opens takes over (rule N17).

use std::cell::Cell;
use std::rc::Rc;

use talkoot_core::sync::client::Event;
use talkoot_core::sync::message::{ClientMessage, ServerMessage};
use wasm_bindgen_futures::spawn_local;

use super::http::HttpLine;
use super::socket::Socket;
use super::{Driver, Hear, News, address, socket_address};
use crate::device;

/// After how many sockets in a row that never opened plain HTTP is tried.
const SOCKET_TRIES: u32 = 2;
/// How long to wait after the first socket beside plain HTTP that did not open, in milliseconds.
const REACH_FIRST_MS: u32 = 1_000;
/// The longest such wait: each is twice the one before.
const REACH_MAX_MS: u32 = 600_000;

/// What carries the messages.
pub(super) enum Connection {
    Socket(Socket),
    Http(Rc<HttpLine>),
}

impl Driver {
    /// Opens a line; which kind depends on what has worked.
    pub(super) fn open_line(self: &Rc<Self>) {
        if self.has_hanging_socket() {
            self.note_socket_failure();
        }
        self.close_line();
        let number = self.connection.get();
        let hear = self.hearing(number);
        let line = if self.socket_failures.get() < SOCKET_TRIES {
            self.socket_address().and_then(|it| Socket::open(&it, &hear)).map(Connection::Socket)
        } else {
            // The next attempt is a socket again: what blocked it may be gone.
            self.socket_failures.set(0);
            let account = self.account();
            Some(Connection::Http(HttpLine::open(address("/api/sync", account), &hear)))
        };
        if line.is_none() {
            self.hear(number, News::Closed { code: None });
        }
        *self.line.borrow_mut() = line;
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
        self.beside.borrow_mut().take();
        self.takes_over.borrow_mut().take();
        if let Some(Connection::Http(line)) = self.line.borrow_mut().take() {
            line.ended.set(true);
        }
    }

    /// Notes an answer of the server over the line that stands.
    pub(super) fn note_answer(self: &Rc<Self>, message: &ServerMessage) {
        self.socket_failures.set(0);
        let is_http = matches!(self.line.borrow().as_ref(), Some(Connection::Http(_)));
        if is_http && matches!(message, ServerMessage::Welcome(_)) {
            self.reach_for_socket(REACH_FIRST_MS);
        }
    }

    pub(super) fn note_socket_failure(&self) {
        self.socket_failures.set(self.socket_failures.get().saturating_add(1));
    }

    /// Tries a socket beside plain HTTP; if it does not open, another after a wait.
    fn reach_for_socket(self: &Rc<Self>, wait_ms: u32) {
        let Some(address) = self.socket_address() else { return };
        let beside = self.connection.get();
        // Which connection the socket is, once it has taken over.
        let taken = Rc::new(Cell::new(None));
        let driver = Rc::downgrade(self);
        let hear: Hear = Rc::new(move |news| {
            let Some(driver) = driver.upgrade() else { return };
            if let Some(number) = taken.get() {
                driver.hear(number, news);
                return;
            }
            if beside != driver.connection.get() {
                return;
            }
            match news {
                News::Opened => driver.note_beside_open(&taken),
                News::Closed { .. } => driver.reach_again(beside, wait_ms),
                News::Said(_) => {}
            }
        });
        *self.beside.borrow_mut() = Socket::open(&address, &hear);
    }

    fn reach_again(self: &Rc<Self>, beside: u64, wait_ms: u32) {
        let driver = Rc::downgrade(self);
        spawn_local(async move {
            device::sleep(wait_ms).await;
            let driver = driver.upgrade().filter(|driver| driver.connection.get() == beside);
            if let Some(driver) = driver {
                driver.reach_for_socket(wait_ms.saturating_mul(2).min(REACH_MAX_MS));
            }
        });
    }

    fn note_beside_open(self: &Rc<Self>, number: &Rc<Cell<Option<u64>>>) {
        *self.takes_over.borrow_mut() = Some(Rc::clone(number));
        self.work_soon();
    }

    /// Puts a socket that has opened in the place of plain HTTP, between two events: what is
    /// said over it begins with the greeting.
    pub(super) fn take_over(&self) {
        let Some(taken) = self.takes_over.borrow_mut().take() else { return };
        let Some(socket) = self.beside.borrow_mut().take() else { return };
        self.close_line();
        *self.line.borrow_mut() = Some(Connection::Socket(socket));
        let number = self.connection.get();
        taken.set(Some(number));
        self.queue.add_first(number, Event::Opened);
    }

    fn has_hanging_socket(&self) -> bool {
        let line = self.line.borrow();
        matches!(line.as_ref(), Some(Connection::Socket(socket)) if socket.is_opening())
    }

    fn hearing(self: &Rc<Self>, number: u64) -> Hear {
        let driver = Rc::downgrade(self);
        Rc::new(move |news| {
            if let Some(driver) = driver.upgrade() {
                driver.hear(number, news);
            }
        })
    }

    fn account(&self) -> Option<talkoot_core::id::AccountId> {
        self.desk.upgrade()?.local().ok().and_then(|local| local.account)
    }

    fn socket_address(&self) -> Option<String> {
        socket_address(self.account())
    }
}
