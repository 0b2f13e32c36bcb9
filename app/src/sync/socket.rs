//! A WebSocket line: whole messages in, whole messages out.

use std::cell::RefCell;

use js_sys::{ArrayBuffer, Uint8Array};
use talkoot_core::codec;
use talkoot_core::sync::message::{ClientMessage, ServerMessage};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::{Hear, News};

/// Bytes that may wait in the browser before presence, which is lossy, is left out.
const BUFFERED_MAX: u32 = 256 * 1_024;

/// An open or opening line.
pub(super) struct Socket {
    inner: WebSocket,
    listeners: RefCell<Vec<Listener>>,
}

type Listener = Closure<dyn FnMut(Event)>;

impl Socket {
    /// Opens a line; everything else comes as news.
    pub(super) fn open(address: &str, hear: &Hear) -> Option<Self> {
        let inner = WebSocket::new(address).ok()?;
        inner.set_binary_type(BinaryType::Arraybuffer);
        let socket = Self { inner, listeners: RefCell::new(Vec::new()) };
        let opened = hear.clone();
        socket.on("open", move |_| opened(News::Opened));
        let said = hear.clone();
        socket.on("message", move |event| {
            if let Some(message) = message_of(&event) {
                said(News::Said(message));
            }
        });
        let closed = hear.clone();
        socket.on("close", move |event| {
            let code = event.dyn_ref::<CloseEvent>().map(CloseEvent::code);
            closed(News::Closed { code });
        });
        Some(socket)
    }

    /// Says whether nobody has answered yet.
    pub(super) fn is_opening(&self) -> bool {
        self.inner.ready_state() == WebSocket::CONNECTING
    }

    /// Sends a message.
    pub(super) fn send(&self, message: &ClientMessage) {
        let lossy = matches!(message, ClientMessage::Presence(_));
        if lossy && self.inner.buffered_amount() > BUFFERED_MAX {
            return;
        }
        // A line that is gone says so as news; what was not sent is still in the outbox.
        self.inner.send_with_u8_array(&codec::encode(message)).ok();
    }

    fn on(&self, event: &str, hear: impl FnMut(Event) + 'static) {
        let hear = Listener::new(hear);
        self.inner.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref()).ok();
        self.listeners.borrow_mut().push(hear);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        for (hear, event) in self.listeners.borrow().iter().zip(["open", "message", "close"]) {
            let hear = hear.as_ref().unchecked_ref();
            self.inner.remove_event_listener_with_callback(event, hear).ok();
        }
        self.inner.close().ok();
    }
}

fn message_of(event: &Event) -> Option<ServerMessage> {
    let data = event.dyn_ref::<MessageEvent>()?.data().dyn_into::<ArrayBuffer>().ok()?;
    let bytes = Uint8Array::new(&data).to_vec();
    codec::decode_message(&bytes).ok()
}
