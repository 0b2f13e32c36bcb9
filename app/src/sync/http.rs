//! The same conversation over plain HTTP, where a proxy lets no WebSocket through.
//!
//! Each request is a conversation of its own, so it begins with the greeting;
//! the answers to a greeting repeated are left out. News of others is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_net::http::Request;
use js_sys::Uint8Array;
use talkoot_core::codec;
use talkoot_core::sync::message::{ClientMessage, Close, Cursor, ServerMessage};
use wasm_bindgen_futures::spawn_local;

use super::{Hear, News};
use crate::device;

/// How often to ask for news, in milliseconds.
const ASK_EVERY_MS: u32 = 15_000;

/// A line made of requests.
pub(super) struct HttpLine {
    address: String,
    hear: Hear,
    greeting: RefCell<Option<ClientMessage>>,
    welcomed: Cell<bool>,
    queue: RefCell<Vec<ClientMessage>>,
    sending: Cell<bool>,
    cursor: Cell<Cursor>,
    pub(super) ended: Cell<bool>,
}

impl HttpLine {
    /// Makes a line; nothing travels before something is sent.
    pub(super) fn open(address: String, hear: &Hear) -> Rc<Self> {
        let line = Rc::new(Self {
            address,
            hear: hear.clone(),
            greeting: RefCell::new(None),
            welcomed: Cell::new(false),
            queue: RefCell::new(Vec::new()),
            sending: Cell::new(false),
            cursor: Cell::new(Cursor::default()),
            ended: Cell::new(false),
        });
        hear(News::Opened);
        line.ask_again();
        line
    }

    /// Sends a message with the next request.
    pub(super) fn send(self: &Rc<Self>, message: &ClientMessage) {
        match message {
            ClientMessage::Hello(_) => *self.greeting.borrow_mut() = Some(message.clone()),
            // Who is here now is old news when a request arrives.
            ClientMessage::Presence(_) => return,
            ClientMessage::Pull(cursor) => {
                self.cursor.set(*cursor);
                self.queue.borrow_mut().push(message.clone());
            }
            ClientMessage::Push(_) | ClientMessage::Return(_) | ClientMessage::Compare(_) => {
                self.queue.borrow_mut().push(message.clone());
            }
        }
        self.run();
    }

    fn run(self: &Rc<Self>) {
        if self.sending.replace(true) {
            return;
        }
        let line = Rc::clone(self);
        spawn_local(async move {
            while !line.ended.get() && line.has_something() {
                match line.exchange().await {
                    Ok(answers) => line.report(answers),
                    Err(code) => {
                        line.ended.set(true);
                        (line.hear)(News::Closed { code });
                    }
                }
            }
            line.sending.set(false);
        });
    }

    fn has_something(&self) -> bool {
        let greets = self.greeting.borrow().is_some() && !self.welcomed.get();
        greets || !self.queue.borrow().is_empty()
    }

    async fn exchange(&self) -> Result<Vec<ServerMessage>, Option<u16>> {
        let mut messages: Vec<_> = self.greeting.borrow().iter().cloned().collect();
        messages.append(&mut self.queue.borrow_mut());
        let body = Uint8Array::from(codec::encode(&messages).as_slice());
        let request = Request::post(&self.address)
            .header("content-type", "application/octet-stream")
            .body(body)
            .map_err(|_| None)?;
        let response = request.send().await.map_err(|_| None)?;
        match response.status() {
            200 => {
                let bytes = response.binary().await.map_err(|_| None)?;
                codec::decode_message(&bytes).map_err(|_| None)
            }
            status => Err(close_of(status).map(Close::code)),
        }
    }

    fn report(&self, answers: Vec<ServerMessage>) {
        for message in answers {
            let repeated =
                matches!(message, ServerMessage::Welcome(_)) && self.welcomed.replace(true);
            if let ServerMessage::Entries(page) = &message {
                self.cursor.set(page.cursor);
            }
            if !repeated {
                (self.hear)(News::Said(message));
            }
        }
    }

    fn ask_again(self: &Rc<Self>) {
        let line = Rc::downgrade(self);
        spawn_local(async move {
            loop {
                device::sleep(ASK_EVERY_MS).await;
                let Some(line) = line.upgrade().filter(|line| !line.ended.get()) else { return };
                if line.welcomed.get() && !line.sending.get() {
                    line.send(&ClientMessage::Pull(line.cursor.get()));
                }
            }
        });
    }
}

/// Reads a refusal of a whole request as the close of a line.
fn close_of(status: u16) -> Option<Close> {
    match status {
        401 => Some(Close::SignedOut),
        403 => Some(Close::NotAllowed),
        409 => Some(Close::TakenOver),
        413 => Some(Close::TooMuch),
        426 => Some(Close::TooOld),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l14_a_refused_request_closes_the_line_for_the_same_reason_as_a_socket() {
        assert_eq!(close_of(401), Some(Close::SignedOut));
        assert_eq!(close_of(426), Some(Close::TooOld));
        assert_eq!(close_of(502), None);
    }
}
