//! A client's socket, which its connection reads and its room writes.
//!
//! What a turn brought goes out from the room itself: to wake a task for each
//! client would cost more than the sending. Where a socket does not take it
//! all, the rest waits here, and the connection, which is woken when there is
//! room again, brings it on.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use futures_util::{Sink as _, Stream as _};

/// Bytes that may wait for a client that reads slowly; beyond that it is let go and comes again.
/// More than the largest text, so that a newcomer gets it.
const WAITING_BYTES_MAX: usize = 32 * 1_048_576;
/// Bytes that wait for a client from which on nothing more is heard of it.
const UNHEARD_BYTES: usize = 1_048_576;
/// What a frame costs beside its bytes while it waits.
const FRAME_BYTES: usize = 64;

/// A socket with two hands on it.
#[derive(Debug)]
pub struct SharedSocket(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Taken out for the goodbye.
    socket: Option<WebSocket>,
    waiting: VecDeque<Message>,
    waiting_bytes: usize,
    /// Since when the socket takes no more; its connection brings on what waits.
    behind_since: Option<Instant>,
    is_let_go: bool,
    /// Wakes the connection.
    connection: Option<Waker>,
}

/// What a connection hears.
#[derive(Debug)]
pub enum Heard {
    Message(Message),
    /// The line is broken or was closed.
    Closed,
    /// The room cannot go on with this client; it may come again.
    LetGo,
}

impl SharedSocket {
    /// Takes a socket that has been opened.
    pub fn new(socket: WebSocket) -> Self {
        Self(Mutex::new(State {
            socket: Some(socket),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            behind_since: None,
            is_let_go: false,
            connection: None,
        }))
    }

    /// Sends frames, now or as soon as the client takes them; false if it does not keep up.
    pub fn send(&self, frames: impl Iterator<Item = Bytes>) -> bool {
        self.state().send(frames.map(Message::Binary))
    }

    /// Tries whether the client is there.
    pub fn ping(&self) -> bool {
        self.state().send(std::iter::once(Message::Ping(Bytes::new())))
    }

    /// Says for how long the client has not taken what waits for it.
    pub fn behind(&self) -> Duration {
        self.state().behind_since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Hears the next message; brings on meanwhile what the socket did not take before.
    pub async fn next(&self) -> Heard {
        poll_fn(|context| self.state().poll_next(context)).await
    }

    /// Ends the conversation from the room's side.
    pub fn let_go(&self) {
        self.state().let_go();
    }

    /// Takes the socket out, for the goodbye.
    pub fn end(&self) -> Option<WebSocket> {
        self.state().socket.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn send(&mut self, messages: impl Iterator<Item = Message>) -> bool {
        for message in messages {
            self.waiting_bytes = self.waiting_bytes.saturating_add(cost(&message));
            self.waiting.push_back(message);
        }
        if self.is_let_go || self.socket.is_none() || self.waiting_bytes > WAITING_BYTES_MAX {
            self.let_go();
            return false;
        }
        if self.behind_since.is_some() || self.waiting.is_empty() {
            return true;
        }
        // Nobody is woken by this one: if the socket is full, the connection waits for it.
        match self.bring_on(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(true) => true,
            Poll::Ready(false) => {
                self.let_go();
                false
            }
            Poll::Pending => {
                self.behind_since = Some(Instant::now());
                self.wake();
                true
            }
        }
    }

    /// Gives the socket what waits, as far as it takes it; `Ready(false)` if it is broken.
    fn bring_on(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        let Some(socket) = &mut self.socket else { return Poll::Ready(false) };
        let mut socket = Pin::new(socket);
        while !self.waiting.is_empty() {
            match socket.as_mut().poll_ready(context) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(_)) => return Poll::Ready(false),
                Poll::Pending => return Poll::Pending,
            }
            let Some(message) = self.waiting.pop_front() else { break };
            self.waiting_bytes = self.waiting_bytes.saturating_sub(cost(&message));
            if socket.as_mut().start_send(message).is_err() {
                return Poll::Ready(false);
            }
        }
        socket.poll_flush(context).map(|flushed| flushed.is_ok())
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        if self.behind_since.is_some() {
            match self.bring_on(context) {
                Poll::Ready(true) => self.behind_since = None,
                Poll::Ready(false) => return Poll::Ready(Heard::Closed),
                Poll::Pending => {}
            }
        }
        if self.is_let_go {
            return Poll::Ready(Heard::LetGo);
        }
        if !self.connection.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            self.connection = Some(context.waker().clone());
        }
        if self.waiting_bytes > UNHEARD_BYTES {
            return Poll::Pending;
        }
        let Some(socket) = &mut self.socket else { return Poll::Ready(Heard::Closed) };
        Pin::new(socket).poll_next(context).map(|heard| match heard {
            Some(Ok(message)) => Heard::Message(message),
            Some(Err(_)) | None => Heard::Closed,
        })
    }

    fn let_go(&mut self) {
        self.is_let_go = true;
        self.waiting.clear();
        self.waiting_bytes = 0;
        self.wake();
    }

    fn wake(&self) {
        if let Some(connection) = &self.connection {
            connection.wake_by_ref();
        }
    }
}

fn cost(message: &Message) -> usize {
    let bytes = match message {
        Message::Binary(bytes) | Message::Ping(bytes) | Message::Pong(bytes) => bytes.len(),
        Message::Text(text) => text.as_str().len(),
        Message::Close(_) => 0,
    };
    bytes.saturating_add(FRAME_BYTES)
}
