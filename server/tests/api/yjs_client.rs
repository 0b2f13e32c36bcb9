//! A standard Yjs client: y-websocket's frames over a real WebSocket, and a text.

use std::net::TcpStream;

use talkoot_core::text::edit::Edit;
use talkoot_core::text::prescan::{AwarenessState, encode_awareness};
use talkoot_core::text::{Policy, TextDocument, plain};
use talkoot_core::yjs::{self, YjsMessage};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::{Message, WebSocket};

use super::http::{PATIENCE, Session};
use super::process::Server;

/// One client of one text.
pub(crate) struct YjsClient {
    socket: WebSocket<TcpStream>,
    pub(crate) client: u64,
    text: TextDocument,
    /// Codes with which the server refused something.
    pub(crate) denied: Vec<String>,
    /// The last awareness that came.
    pub(crate) awareness: Vec<u8>,
    /// Whole answers to "send me the rest", counted.
    pub(crate) answers: usize,
    /// Bytes of updates that came.
    pub(crate) bytes: usize,
}

impl YjsClient {
    /// Tries to open a text; `Err` is the status of the refusal.
    pub(crate) fn open(
        server: &Server,
        session: Option<&Session>,
        name: &str,
        client: u64,
    ) -> Result<Self, u16> {
        let address = format!("ws://{}/yjs/{name}", server.address);
        let mut request = address.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("Origin", format!("http://{}", server.address).parse().unwrap());
        if let Some(session) = session {
            headers.insert("Cookie", session.cookie.parse().unwrap());
        }
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let socket = match tungstenite::client(request, stream) {
            Ok((socket, _)) => socket,
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(reply))) => {
                return Err(reply.status().as_u16());
            }
            Err(other) => panic!("{other}"),
        };
        let text = TextDocument::new(client);
        let (denied, awareness) = (Vec::new(), Vec::new());
        Ok(Self { socket, client, text, denied, awareness, answers: 0, bytes: 0 })
    }

    /// Opens a text and waits for all of it.
    pub(crate) fn synced(
        server: &Server,
        session: Option<&Session>,
        name: &str,
        client: u64,
    ) -> Self {
        let mut it = Self::open(server, session, name, client).unwrap();
        it.ask();
        it.wait_until(|it| it.answers > 0);
        it
    }

    /// Asks for what is not here.
    pub(crate) fn ask(&mut self) {
        self.send(yjs::know(&self.text.state_vector()));
    }

    /// Asks as somebody would who has something else beside, so that the answer is his alone.
    pub(crate) fn ask_alone(&mut self) {
        let mut known = self.text.state_vector();
        known.insert(self.client, 1);
        self.send(yjs::know(&known));
    }

    pub(crate) fn send(&mut self, frame: Vec<u8>) {
        self.socket.send(Message::Binary(frame.into())).unwrap();
    }

    /// Writes a paragraph.
    pub(crate) fn write(&mut self, words: &str) {
        let edit = Edit::AppendParagraph { text: words.to_owned() };
        let update = self.text.edit("body", &edit).unwrap();
        self.send(yjs::update(&update));
    }

    /// Says that somebody is here.
    pub(crate) fn is_here(&mut self, clock: u32, json: &str) {
        let state = AwarenessState { client: self.client, clock, json };
        self.send(yjs::awareness(&encode_awareness(&[state])));
    }

    pub(crate) fn words(&self) -> String {
        plain::plain(&self.text.blocks("body"))
    }

    pub(crate) fn canonical(&self) -> Vec<u8> {
        self.text.canonical(&["body"])
    }

    /// Hears until something holds.
    pub(crate) fn wait_until(&mut self, holds: impl Fn(&Self) -> bool) {
        while !holds(self) {
            assert!(self.hear(), "the server closed: {:?} {}", self.denied, self.words());
        }
    }

    /// Hears until the server closes.
    pub(crate) fn wait_for_close(&mut self) {
        while self.hear() {}
    }

    /// Hears one frame; false when the line ends.
    fn hear(&mut self) -> bool {
        let frame = match self.socket.read() {
            Ok(Message::Binary(frame)) => frame,
            Ok(Message::Close(_)) => return false,
            Ok(_) => return true,
            Err(tungstenite::Error::Io(cause))
                if cause.kind() == std::io::ErrorKind::WouldBlock =>
            {
                panic!("the server said nothing for {PATIENCE:?}");
            }
            Err(_) => return false,
        };
        if let Some((2, code)) = frame.split_first().map(|(first, rest)| (*first, rest)) {
            self.denied.push(String::from_utf8_lossy(&code[2..]).into_owned());
            return true;
        }
        self.answers += usize::from(frame.starts_with(&[0, 1]));
        match yjs::read(&frame).unwrap() {
            YjsMessage::Update(update) => {
                self.bytes += update.len();
                let policy = Policy { names: Policy::UPDATE.any().names, ..Policy::STATE };
                self.text.apply_with(update, &policy).unwrap();
            }
            YjsMessage::Know(clocks) => {
                let missing = self.text.missing(&clocks);
                self.send(yjs::lacked(&missing));
            }
            YjsMessage::Awareness(states) => self.awareness = states.to_vec(),
            YjsMessage::AskAwareness | YjsMessage::Other => {}
        }
        true
    }
}
