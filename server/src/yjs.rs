//! Texts for standard Yjs clients: rooms that speak y-websocket's protocol.
//!
//! A room is one open text. It takes what clients write, has it stored as
//! ordinary changes of their accounts, through the same gate, and only then
//! tells the others, with the bytes as they came. What devices write reaches it
//! through the log. It keeps bytes and no Yjs document.

mod admitting;
mod answering;
mod door;
mod mail;
mod past;
mod roll;
mod room;
mod rooms;
mod scribe;
mod shared_socket;
mod storing;

pub use door::{Entry, Mode, is_scribbler};
pub use mail::{Bunch, Event, Peer, PeerId, Said};
pub use rooms::Rooms;
pub use scribe::key_for;
pub use shared_socket::{Heard, SharedSocket};
