//! `GET /yjs/{name}`: a text for a standard Yjs client, over y-websocket's protocol.
//!
//! The connection reads frames, scans what they hold, and hands them to the
//! text's room in bunches; what the room posts it sends in bunches too. It
//! decides nothing else. A client that does not read is let go by the room.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Path, State};
use axum::response::Response;
use futures_util::{FutureExt as _, SinkExt as _};
use talkoot_core::sync::message::Close;
use talkoot_core::text::Policy;
use talkoot_core::text::prescan::scan_bytes;
use talkoot_core::yjs::{self, YjsMessage};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::farewell;
use crate::api_error::ApiError;
use crate::caller::Visitor;
use crate::services::Services;
use crate::yjs::{Entry, Event, POSTS_MAX, Peer, PeerId, Post};

/// Largest frame: an update of the largest size, and the words around it.
const FRAME_BYTES_MAX: usize = Policy::UPDATE.bytes_max + 64;
/// What a connection reads at a time, in bytes; held for as long as it stands.
const READ_BYTES: usize = 4 * 1_024;
/// Frames that are handed to the room together.
const BUNCH_FRAMES_MAX: usize = 256;
/// How often a quiet line is tried.
const PING_EVERY: Duration = Duration::from_secs(25);
/// When a silent line counts as dead.
const SILENCE_MAX: Duration = Duration::from_mins(1);
/// How long a client may take to read one bunch.
const SEND_MAX: Duration = Duration::from_secs(20);

/// Opens the line, if the visitor may see the text.
pub async fn open(
    State(services): State<Services>,
    Path(name): Path<String>,
    visitor: Visitor,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let entry = Entry::judge(&services, &name, &visitor).await?;
    let upgrade = upgrade
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(READ_BYTES);
    Ok(upgrade.on_upgrade(move |mut socket| async move {
        let stays_open = services.open_sockets.clone();
        let end = match Line::enter(&services, &entry, visitor, &mut socket).await {
            Ok(line) => line.run().await,
            Err(end) => end,
        };
        close(socket, end).await;
        drop(stays_open);
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
    socket: &'a mut WebSocket,
    services: Services,
    visitor: Visitor,
    policy: Policy,
    peer: PeerId,
    room: mpsc::Sender<Event>,
    posts: mpsc::Receiver<Post>,
    waiting_bytes: Arc<AtomicUsize>,
    recheck: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    heard_at: Instant,
}

impl<'a> Line<'a> {
    async fn enter(
        services: &Services,
        entry: &Entry,
        visitor: Visitor,
        socket: &'a mut WebSocket,
    ) -> Result<Self, End> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let peer = NEXT.fetch_add(1, Ordering::Relaxed);
        let listening = services.hub.listen();
        let room = services.rooms.enter(services, entry).await.map_err(|cause| {
            tracing::error!(%cause, "a text could not be opened");
            End::Again
        })?;
        let (outbox, posts) = mpsc::channel(POSTS_MAX);
        let waiting_bytes = Arc::new(AtomicUsize::new(0));
        let (caller, counted) = (entry.caller.clone(), Arc::clone(&waiting_bytes));
        let what = Peer { caller, outbox, waiting_bytes: counted };
        room.send(Event::Joined { peer, what }).await.map_err(|_| End::Again)?;
        Ok(Self {
            socket,
            services: services.clone(),
            visitor,
            policy: entry.mode.texts(),
            peer,
            room,
            posts,
            waiting_bytes,
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
                received = self.socket.recv() => self.received(received).await,
                post = self.posts.recv() => self.posted(post).await,
                Ok(()) = self.recheck.changed() => self.look_again().await,
                _ = self.closing.changed() => ControlFlow::Break(End::Stopping),
                _ = ping.tick() => self.ping().await,
            };
            if let ControlFlow::Break(end) = going {
                break end;
            }
        };
        // A room that is gone has forgotten the client already.
        drop(self.room.send(Event::Left { peer: self.peer }).await);
        end
    }

    /// Takes a frame and all that came with it, and hands them to the room together.
    async fn received(&mut self, first: Option<Result<Message, axum::Error>>) -> Going {
        self.heard_at = Instant::now();
        let mut next = Some(first);
        let mut bunch = Vec::new();
        while let Some(received) = next.take() {
            match received {
                Some(Ok(Message::Binary(frame))) => match self.read(&frame) {
                    Ok(event) => bunch.extend(event),
                    Err(code) => {
                        let denied = Message::Binary(yjs::denied(code).into());
                        if self.socket.send(denied).await.is_err() {
                            return ControlFlow::Break(End::Gone);
                        }
                    }
                },
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => {
                    self.hand_over(bunch).await?;
                    return ControlFlow::Break(End::Gone);
                }
            }
            if bunch.len() < BUNCH_FRAMES_MAX {
                next = self.socket.recv().now_or_never();
            }
        }
        self.hand_over(bunch).await
    }

    async fn hand_over(&mut self, bunch: Vec<Event>) -> Going {
        for event in bunch {
            if self.room.send(event).await.is_err() {
                return ControlFlow::Break(End::Again);
            }
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

    /// Sends what the room posted, all that waits with one flush.
    async fn posted(&mut self, first: Option<Post>) -> Going {
        let mut next = first;
        if next.is_none() {
            return ControlFlow::Break(End::Again);
        }
        let sending = async {
            while let Some(post) = next.take() {
                let bytes = post.bytes();
                match post {
                    Post::One(frame) => self.socket.feed(Message::Binary(frame)).await?,
                    Post::All(said) => {
                        for said in said.iter().filter(|said| said.from != Some(self.peer)) {
                            self.socket.feed(Message::Binary(said.frame.clone())).await?;
                        }
                    }
                    Post::Again => return Ok(ControlFlow::Break(End::Again)),
                }
                self.waiting_bytes.fetch_sub(bytes, Ordering::Relaxed);
                next = self.posts.try_recv().ok();
            }
            self.socket.flush().await?;
            Ok::<_, axum::Error>(ControlFlow::Continue(()))
        };
        match timeout(SEND_MAX, sending).await {
            Ok(Ok(going)) => going,
            Ok(Err(_)) | Err(_) => ControlFlow::Break(End::Gone),
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

    async fn ping(&mut self) -> Going {
        if self.heard_at.elapsed() > SILENCE_MAX {
            return ControlFlow::Break(End::Gone);
        }
        match timeout(SEND_MAX, self.socket.send(Message::Ping(Bytes::new()))).await {
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
        End::Again => close_code::AGAIN,
        End::Gone => return,
    };
    farewell::say(socket, code).await;
}
