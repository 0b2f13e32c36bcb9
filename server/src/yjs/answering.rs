//! Giving clients what they lack.
//!
//! To cut an answer out of a long text takes milliseconds, and whoever may read
//! can ask for it with a few bytes. So a turn answers few, each peer once, and
//! the cutting is done on a thread of its own, one at a time in the whole server.

use std::collections::BTreeMap;

use axum::body::Bytes;
use talkoot_core::text::{RelayedText, TextError};
use talkoot_core::yjs;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::mail::PeerId;
use super::room::Room;
use crate::store::StoreError;

/// Answers that one turn cuts; who waits for more is answered in the next turns.
const TURN_ANSWERS_MAX: usize = 8;

/// One answer is cut at a time, whichever text it is of.
static CUTTING: Semaphore = Semaphore::const_new(1);

impl Room {
    /// Notes what a client knows: the last that it said, in the place of the first.
    pub(super) fn ask(&mut self, peer: PeerId, mut clocks: BTreeMap<u64, u32>) {
        // What it knows of other texts is of no use here, and could be much.
        clocks.retain(|client, _| self.text.clocks().contains_key(client));
        match self.asked.iter_mut().find(|(asking, _)| *asking == peer) {
            Some((_, known)) => *known = clocks,
            None => self.asked.push_back((peer, clocks)),
        }
    }

    /// Gives some of those who asked what they lack; who knows the same gets the same bytes.
    pub(super) async fn answer_asked(&mut self) -> Result<(), StoreError> {
        for _ in 0..TURN_ANSWERS_MAX {
            let Some((peer, clocks)) = self.asked.pop_front() else { break };
            let mut alike = vec![peer];
            self.asked.retain(|(other, known)| {
                let is_alike = *known == clocks;
                alike.extend(is_alike.then_some(*other));
                !is_alike
            });
            match self.cut(clocks).await? {
                Ok(missing) => {
                    let frame = Bytes::from(yjs::lacked(&missing));
                    for peer in alike {
                        self.post(peer, frame.clone());
                    }
                }
                Err(cause) => tracing::error!(code = cause.code(), "a text could not be cut"),
            }
        }
        Ok(())
    }

    /// Cuts out what is lacking. A store error means that the text is gone from here.
    async fn cut(
        &mut self,
        clocks: BTreeMap<u64, u32>,
    ) -> Result<Result<Vec<u8>, TextError>, StoreError> {
        if clocks.is_empty() {
            // All of it, as it lies here.
            return Ok(self.text.missing(&clocks));
        }
        let turn = CUTTING.acquire().await.map_err(|_| StoreError::Closed)?;
        let empty = RelayedText::new(self.text.policy());
        let mut text = std::mem::replace(&mut self.text, empty);
        let cutting = spawn_blocking(move || {
            let missing = text.missing(&clocks);
            (text, missing)
        });
        let (text, missing) = cutting.await.map_err(|_| StoreError::Closed)?;
        drop(turn);
        self.text = text;
        Ok(missing)
    }
}
