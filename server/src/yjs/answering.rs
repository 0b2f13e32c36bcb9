//! Giving clients what they lack.
//!
//! To cut an answer out of a long text takes milliseconds, and whoever may read
//! asks for it with a few bytes. So it is cut away from the threads that serve,
//! one at a time in the whole server, and a turn of a room cuts few: whoever
//! writes meanwhile is heard between them.

use std::collections::{BTreeMap, VecDeque};

use axum::body::Bytes;
use talkoot_core::text::{RelayedText, TextError};
use talkoot_core::yjs;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::mail::PeerId;
use super::room::Room;
use crate::store::StoreError;

/// Answers that one turn cuts; whoever waits for more is answered in the next turns.
const TURN_ANSWERS_MAX: usize = 8;
/// Bytes of a text that is cut where it is: a thread would cost more.
const SHORT_BYTES_MAX: usize = 16 * 1_024;

/// One long text is cut at a time, whichever it is.
static CUTTING: Semaphore = Semaphore::const_new(1);

/// Those who asked for what they lack, each with what it knows, in the order in which they asked.
#[derive(Debug, Default)]
pub(super) struct Asked(VecDeque<(PeerId, BTreeMap<u64, u32>)>);

impl Asked {
    /// Notes what a client knows: what it said last, at the place of what it said first.
    pub(super) fn note(&mut self, peer: PeerId, clocks: BTreeMap<u64, u32>) {
        match self.0.iter_mut().find(|(asking, _)| *asking == peer) {
            Some((_, known)) => *known = clocks,
            None => self.0.push_back((peer, clocks)),
        }
    }

    /// Takes the next out, with all who know the same.
    fn next(&mut self) -> Option<(Vec<PeerId>, BTreeMap<u64, u32>)> {
        let (first, clocks) = self.0.pop_front()?;
        let mut alike = vec![first];
        self.0.retain(|(peer, known)| {
            let is_alike = *known == clocks;
            alike.extend(is_alike.then_some(*peer));
            !is_alike
        });
        Some((alike, clocks))
    }

    /// Forgets who has gone.
    pub(super) fn forget(&mut self, peer: PeerId) {
        self.0.retain(|(asking, _)| *asking != peer);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Room {
    /// Gives some of those who asked what they lack; those who know the same get the same bytes.
    pub(super) async fn answer_asked(&mut self) -> Result<(), StoreError> {
        for _ in 0..TURN_ANSWERS_MAX {
            let Some((alike, clocks)) = self.asked.next() else { break };
            match cut(&mut self.text, clocks).await? {
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
}

/// Cuts what is lacking out of a text. A store error means that the text is gone from here.
async fn cut(
    text: &mut RelayedText,
    clocks: BTreeMap<u64, u32>,
) -> Result<Result<Vec<u8>, TextError>, StoreError> {
    let knows_some = clocks.keys().any(|client| text.clocks().contains_key(client));
    // To whoever knows nothing of it, a text in one piece is given as it lies here.
    let is_ready = !knows_some && text.unmerged() == 0;
    if is_ready || text.bytes() <= SHORT_BYTES_MAX {
        return Ok(text.missing(&clocks));
    }
    let turn = CUTTING.acquire().await.map_err(|_| StoreError::Closed)?;
    let empty = RelayedText::new(text.policy());
    let mut long = std::mem::replace(text, empty);
    let cutting = spawn_blocking(move || {
        let missing = long.missing(&clocks);
        (long, missing)
    });
    let (long, missing) = cutting.await.map_err(|_| StoreError::Closed)?;
    drop(turn);
    *text = long;
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use talkoot_core::text::edit::Edit;
    use talkoot_core::text::{Policy, TextDocument};
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    fn text(paragraphs: usize) -> RelayedText {
        let mut writer = TextDocument::new(10);
        for round in 0..paragraphs {
            let text = format!("{round} {}", "talkoot ".repeat(12));
            writer.edit("body", &Edit::AppendParagraph { text }).unwrap();
        }
        let mut text = RelayedText::new(Policy::UPDATE);
        text.hear(writer.state()).unwrap();
        // In one piece, as a room's is once somebody has asked.
        text.state().unwrap();
        text
    }

    fn knows(client: u64, clock: u32) -> BTreeMap<u64, u32> {
        BTreeMap::from([(client, clock)])
    }

    /// A runtime whose thread for long work is taken until something is sent.
    fn occupied() -> (Runtime, std::sync::mpsc::Sender<()>) {
        let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        let (free, taken) = std::sync::mpsc::channel();
        drop(runtime.spawn_blocking(move || taken.recv()));
        (runtime, free)
    }

    #[test]
    fn y16_a_long_text_is_cut_away_from_the_threads_that_serve() {
        let (runtime, free) = occupied();
        let (mut long, mut short) = (text(400), text(4));
        let whole = long.clone();
        runtime.block_on(async {
            // What costs nothing is answered where it is.
            let at_once = cut(&mut short, knows(10, 5)).now_or_never();
            assert_eq!(at_once.unwrap().unwrap(), text(4).missing(&knows(10, 5)));
            let at_once = cut(&mut long, knows(11, 5)).now_or_never();
            assert_eq!(at_once.unwrap().unwrap(), whole.clone().missing(&knows(11, 5)));
            let mut cutting = Box::pin(cut(&mut long, knows(10, 5)));
            assert!(cutting.as_mut().now_or_never().is_none(), "it was cut on this thread");
            free.send(()).unwrap();
            assert_eq!(cutting.await.unwrap(), whole.clone().missing(&knows(10, 5)));
        });
        assert_eq!(long.state(), whole.clone().state(), "the text is back in its place");
    }

    #[test]
    fn y16_each_is_answered_once_for_the_last_it_said_and_in_the_order_of_asking() {
        let mut asked = Asked::default();
        let questions = [(1, 5), (2, 6), (1, 7), (3, 6), (4, 8)];
        for (peer, clock) in questions {
            asked.note(peer, knows(10, clock));
        }
        asked.forget(4);
        assert_eq!(asked.next(), Some((vec![1], knows(10, 7))));
        assert_eq!(asked.next(), Some((vec![2, 3], knows(10, 6))));
        assert_eq!(asked.next(), None);
    }
}
