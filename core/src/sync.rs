//! The sync conversation: its words and both of its sides, as pure machines.
//!
//! Neither side holds a socket, a timer or a clock. The same messages travel
//! over a WebSocket (live) and over HTTP (one push and pull at a time).

pub mod arrival;
pub mod client;
mod holding;
pub mod message;
pub mod outbox;
mod retry;
pub mod server;

pub use retry::{RETRY_DELAY_MAX_MS, RETRY_DELAY_MIN_MS};
