//! `GET /api/socket`: the live conversation.
//!
//! One task for each connection, which does one thing at a time. It reads the
//! next message only when the last is answered, so a device that pushes more
//! than can be stored waits; and it holds at most one answer, so a device that
//! does not read costs no memory and is let go.

use std::ops::ControlFlow;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::response::Response;
use futures_util::SinkExt as _;
use talkoot_core::codec::{self, DecodeError};
use talkoot_core::limits::MESSAGE_BYTES_MAX;
use talkoot_core::sync::message::{Close, ServerMessage};
use talkoot_core::sync::server::Event;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::farewell;
use super::sync::Expected;
use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::conversation::{Talk, TalkError};
use crate::hub::{Listening, Relay};
use crate::services::Services;

/// How often a quiet line is tried.
const PING_EVERY: Duration = Duration::from_secs(25);
/// When a silent line counts as dead.
const SILENCE_MAX: Duration = Duration::from_mins(1);
/// Where reading a message is broken off, in bytes. What is between this and the largest message
/// is read, so that the device hears why it has to go.
const READ_BYTES_MAX: usize = 2 * MESSAGE_BYTES_MAX;
/// The same for somebody who has not signed in, who is only told so.
const STRANGER_BYTES_MAX: usize = 16 * 1_024;
/// What a connection reads or gathers at a time, in bytes; held for as long as it stands.
const BUFFER_BYTES: usize = 4 * 1_024;
/// How long a device may take to read one answer.
const SEND_MAX: Duration = Duration::from_secs(20);

/// Opens the conversation.
pub async fn open(
    State(services): State<Services>,
    Query(expected): Query<Expected>,
    visitor: Visitor,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let bytes_max = if visitor.0.is_some() { READ_BYTES_MAX } else { STRANGER_BYTES_MAX };
    let stranger = services.strangers.enter(&visitor)?;
    let upgrade = upgrade
        .max_message_size(bytes_max)
        .max_frame_size(bytes_max)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES);
    let signed_in = visitor.expected(expected.account.as_deref());
    Ok(upgrade.on_upgrade(move |mut socket| async move {
        let stays_open = services.open_sockets.clone();
        let end = match signed_in {
            Some(signed_in) => {
                let listening = services.hub.listen();
                let talk = Talk::new(services, signed_in);
                let heard_at = Instant::now();
                Line { socket: &mut socket, talk, listening, heard_at }.run().await
            }
            None => End::Told(Close::SignedOut),
        };
        close(socket, end).await;
        drop((stays_open, stranger));
    }))
}

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// For a reason that the device tells its person.
    Told(Close),
    /// The server stops; another one may be back in a moment.
    Stopping,
    /// Something here failed, or the rights are others: try again.
    Again,
    /// The device went, or does not read.
    Gone,
}

impl From<TalkError> for End {
    fn from(cause: TalkError) -> Self {
        match cause {
            TalkError::Close(close) => Self::Told(close),
            TalkError::Store(cause) => {
                tracing::error!(%cause, "the store failed");
                Self::Again
            }
        }
    }
}

/// A connection while it stands.
struct Line<'a> {
    socket: &'a mut WebSocket,
    talk: Talk,
    listening: Listening,
    heard_at: Instant,
}

type Going = ControlFlow<End>;

impl Line<'_> {
    async fn run(mut self) -> End {
        let mut ping = interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        if *self.listening.closing.borrow() {
            return End::Stopping;
        }
        loop {
            let going = tokio::select! {
                received = self.socket.recv() => self.received(received).await,
                Ok(()) = self.listening.head.changed() => self.log_grew().await,
                relay = self.listening.presence.recv() => self.relayed(relay).await,
                Ok(()) = self.listening.recheck.changed() => self.recheck().await,
                _ = self.listening.closing.changed() => ControlFlow::Break(End::Stopping),
                _ = ping.tick() => self.ping().await,
            };
            if let ControlFlow::Break(end) = going {
                return end;
            }
        }
    }

    async fn received(&mut self, received: Option<Result<Message, axum::Error>>) -> Going {
        self.heard_at = Instant::now();
        match received {
            Some(Ok(Message::Binary(bytes))) => match codec::decode_message(&bytes) {
                Ok(message) => self.hear(Event::Received(message)).await,
                Err(DecodeError::TooLarge { .. }) => ControlFlow::Break(End::Told(Close::TooMuch)),
                Err(_) => self.send(&[malformed()]).await,
            },
            Some(Ok(Message::Text(_))) => self.send(&[malformed()]).await,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => ControlFlow::Continue(()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => ControlFlow::Break(End::Gone),
        }
    }

    async fn log_grew(&mut self) -> Going {
        self.hear(Event::LogGrew).await
    }

    async fn hear(&mut self, event: Event) -> Going {
        match self.talk.hear(event).await {
            Ok(messages) => self.send(&messages).await,
            Err(cause) => ControlFlow::Break(cause.into()),
        }
    }

    /// Shows somebody else's presence, if this device's person may see the record.
    async fn relayed(&mut self, relay: Result<std::sync::Arc<Relay>, RecvError>) -> Going {
        let Ok(relay) = relay else { return ControlFlow::Continue(()) };
        let is_own = self.talk.key().is_none_or(|key| key.replica() == relay.replica);
        let caller = self.talk.caller();
        if is_own || !relay.audience.includes(&caller) {
            return ControlFlow::Continue(());
        }
        let Relay { account, replica, ref presence, .. } = *relay;
        let presence = presence.clone();
        self.send(&[ServerMessage::Present { account, replica, presence }]).await
    }

    /// Accounts or sessions changed: ends where this one is concerned, tells the names otherwise.
    async fn recheck(&mut self) -> Going {
        match self.talk.recheck().await {
            Ok(true) if self.talk.key().is_some() => match self.talk.people().await {
                Ok(people) => self.send(&[people]).await,
                Err(cause) => ControlFlow::Break(TalkError::Store(cause).into()),
            },
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(End::Again),
            Err(cause) => ControlFlow::Break(cause.into()),
        }
    }

    async fn ping(&mut self) -> Going {
        if self.heard_at.elapsed() > SILENCE_MAX {
            return ControlFlow::Break(End::Gone);
        }
        match timeout(SEND_MAX, self.socket.send(Message::Ping(Vec::new().into()))).await {
            Ok(Ok(())) => ControlFlow::Continue(()),
            Ok(Err(_)) | Err(_) => ControlFlow::Break(End::Gone),
        }
    }

    async fn send(&mut self, messages: &[ServerMessage]) -> Going {
        let sending = async {
            for message in messages {
                let bytes = codec::encode(message);
                self.socket.feed(Message::Binary(bytes.into())).await?;
            }
            self.socket.flush().await
        };
        match timeout(SEND_MAX, sending).await {
            Ok(Ok(())) => ControlFlow::Continue(()),
            Ok(Err(_)) | Err(_) => ControlFlow::Break(End::Gone),
        }
    }
}

/// Says goodbye with the reason, unless nobody is there to hear it.
async fn close(socket: WebSocket, end: End) {
    let code = match end {
        End::Told(close) => close.code(),
        End::Stopping => close_code::AWAY,
        End::Again => close_code::RESTART,
        End::Gone => return,
    };
    farewell::say(socket, code).await;
}

fn malformed() -> ServerMessage {
    let code = talkoot_core::access::Refusal::Malformed.code().to_owned();
    ServerMessage::Refused { id: None, code }
}
