//! `GET /yjs/{name}`: a text for a standard Yjs client, over y-websocket's protocol.
//!
//! The connection reads frames, scans what they hold, and hands them to the
//! text's room in bunches; the room writes to the socket by itself. It decides
//! nothing else. A client that does not read is let go.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Path, State};
use axum::response::Response;
use futures_util::FutureExt as _;
use talkoot_core::sync::message::Close;
use talkoot_core::text::Policy;
use talkoot_core::text::prescan::scan_bytes;
use talkoot_core::yjs::{self, YjsMessage};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::farewell;
use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::services::Services;
use crate::strangers::STRANGER_BYTES_MAX;
use crate::yjs::{Bunch, Entry, Event, Heard, Mode, Peer, PeerId, SharedSocket};

/// Largest frame: an update of the largest size, and the words around it.
const FRAME_BYTES_MAX: usize = Policy::UPDATE.bytes_max + 64;
/// What a connection reads at a time, in bytes; held for as long as it stands.
const READ_BYTES: usize = 1_024;
/// How many bytes are gathered before they go to the kernel; held from the first answer on.
const WRITE_BYTES: usize = 4 * 1_024;
/// Frames that are handed to the room together.
const BUNCH_FRAMES_MAX: usize = 256;
/// How often a quiet line is tried.
const PING_EVERY: Duration = Duration::from_secs(25);
/// When a silent line counts as dead.
const SILENCE_MAX: Duration = Duration::from_mins(1);
/// How long a client may leave lying what waits for it, looked at with each try.
const SEND_MAX: Duration = Duration::from_secs(20);

/// Opens the line, if the visitor may see the text.
pub async fn open(
    State(services): State<Services>,
    Path(name): Path<String>,
    visitor: Visitor,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let entry = Entry::judge(&services, &name, &visitor).await?;
    // Only this machine comes to the playground.
    let is_stranger = visitor.0.is_none() && entry.mode == Mode::Text;
    let (place, read_max) = if is_stranger {
        (Some(services.strangers.enter()?), STRANGER_BYTES_MAX)
    } else {
        (None, FRAME_BYTES_MAX)
    };
    let upgrade = upgrade
        .max_message_size(read_max)
        .max_frame_size(read_max)
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(WRITE_BYTES);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let stays_open = services.open_sockets.clone();
        let shared = Arc::new(SharedSocket::new(socket));
        // Entering takes more memory than staying: it is given back.
        let end = match Box::pin(Line::enter(&services, &entry, visitor, &shared)).await {
            Ok(line) => line.run().await,
            Err(end) => end,
        };
        if let Some(socket) = shared.end() {
            close(socket, end).await;
        }
        drop((stays_open, place));
    }))
}

/// Why a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Told(Close),
    /// The server stops.
    Stopping,
    /// The client fell behind, its rights are others, or something here failed: come again.
    Again,
    Gone,
}

type Going = ControlFlow<End>;

/// A connection while it stands.
struct Line<'a> {
    shared: &'a Arc<SharedSocket>,
    services: Services,
    visitor: Visitor,
    policy: Policy,
    peer: PeerId,
    room: mpsc::Sender<Bunch>,
    recheck: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    heard_at: Instant,
}

impl<'a> Line<'a> {
    async fn enter(
        services: &Services,
        entry: &Entry,
        visitor: Visitor,
        shared: &'a Arc<SharedSocket>,
    ) -> Result<Self, End> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let peer = NEXT.fetch_add(1, Ordering::Relaxed);
        let listening = services.hub.listen();
        let room = services.rooms.enter(services, entry).await.map_err(|cause| {
            tracing::error!(%cause, "a text could not be opened");
            End::Again
        })?;
        let (caller, own) = (entry.caller.clone(), Vec::new());
        let what = Peer { caller, socket: Arc::clone(shared), own };
        room.send(vec![Event::Joined { peer, what }]).await.map_err(|_| End::Again)?;
        Ok(Self {
            shared,
            services: services.clone(),
            visitor,
            policy: entry.mode.texts(),
            peer,
            room,
            recheck: listening.recheck,
            closing: listening.closing,
            heard_at: Instant::now(),
        })
    }

    async fn run(mut self) -> End {
        let mut ping = interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = loop {
            if *self.closing.borrow() {
                break End::Stopping;
            }
            let going = tokio::select! {
                heard = self.shared.next() => self.heard(heard).await,
                Ok(()) = self.recheck.changed() => self.look_again().await,
                _ = self.closing.changed() => ControlFlow::Break(End::Stopping),
                _ = ping.tick() => self.ping(),
            };
            if let ControlFlow::Break(end) = going {
                break end;
            }
        };
        // A room that is gone has forgotten the client already.
        drop(self.room.send(vec![Event::Left { peer: self.peer }]).await);
        end
    }

    /// Takes a frame and all that came with it, and hands them to the room together.
    async fn heard(&mut self, first: Heard) -> Going {
        self.heard_at = Instant::now();
        let mut next = Some(first);
        let mut bunch = Vec::new();
        while let Some(heard) = next.take() {
            match heard {
                Heard::Message(Message::Binary(frame)) => match self.read(&frame) {
                    Ok(event) => bunch.extend(event),
                    Err(code) => {
                        self.shared.send(std::iter::once(yjs::denied(code).into()));
                    }
                },
                Heard::Message(Message::Ping(_) | Message::Pong(_) | Message::Text(_)) => {}
                Heard::Message(Message::Close(_)) | Heard::Closed => {
                    self.hand_over(bunch).await?;
                    return ControlFlow::Break(End::Gone);
                }
                Heard::LetGo => return ControlFlow::Break(End::Again),
            }
            if bunch.len() < BUNCH_FRAMES_MAX {
                next = self.shared.next().now_or_never();
            }
        }
        self.hand_over(bunch).await
    }

    async fn hand_over(&mut self, bunch: Bunch) -> Going {
        if !bunch.is_empty() && self.room.send(bunch).await.is_err() {
            return ControlFlow::Break(End::Again);
        }
        ControlFlow::Continue(())
    }

    /// Reads one frame and scans an update in it, here and not in the room, which all share.
    fn read(&self, frame: &Bytes) -> Result<Option<Event>, &'static str> {
        let peer = self.peer;
        match yjs::read(frame).map_err(|cause| cause.code())? {
            YjsMessage::Know(clocks) => Ok(Some(Event::Knows { peer, clocks })),
            YjsMessage::Update(update) => {
                let facts = scan_bytes(update, &self.policy).map_err(|cause| cause.code())?;
                let update = frame.slice_ref(update);
                Ok(Some(Event::Wrote { peer, update, facts }))
            }
            YjsMessage::Awareness(states) => {
                let states = frame.slice_ref(states);
                Ok(Some(Event::IsHere { peer, states }))
            }
            YjsMessage::AskAwareness => Ok(Some(Event::AsksWhoIsHere { peer })),
            YjsMessage::Other => Ok(None),
        }
    }

    /// Accounts or sessions changed: whoever has other rights comes again with them.
    async fn look_again(&mut self) -> Going {
        let Some(signed_in) = &self.visitor.0 else { return ControlFlow::Continue(()) };
        match Visitor::look_up(&self.services, signed_in.token_hash).await {
            Ok(now) if now.0.is_none() => ControlFlow::Break(End::Told(Close::SignedOut)),
            Ok(now) if now.rights() != self.visitor.rights() => ControlFlow::Break(End::Again),
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(End::Again),
        }
    }

    fn ping(&mut self) -> Going {
        let is_silent = self.heard_at.elapsed() > SILENCE_MAX;
        if is_silent || self.shared.behind() > SEND_MAX || !self.shared.ping() {
            return ControlFlow::Break(End::Gone);
        }
        ControlFlow::Continue(())
    }
}

/// Says goodbye with the reason, unless nobody is there to hear it.
async fn close(socket: WebSocket, end: End) {
    let code = match end {
        End::Told(close) => close.code(),
        End::Stopping => close_code::AWAY,
        End::Again => close_code::AGAIN,
        End::Gone => return,
    };
    farewell::say(socket, code).await;
}
