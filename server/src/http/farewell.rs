//! How a socket ends: one goodbye with a reason, and a moment to hear the other's.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use tokio::time::timeout;

/// How long the other side may take to answer.
const GOODBYE_MAX: Duration = Duration::from_secs(2);

/// Says goodbye with a close code.
pub(super) async fn say(mut socket: WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    let goodbye = async {
        if socket.send(Message::Close(Some(frame))).await.is_ok() {
            // The other side answers with its own; what it sent meanwhile is not read any more.
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    if timeout(GOODBYE_MAX, goodbye).await.is_err() {
        tracing::trace!("nobody said goodbye");
    }
}
