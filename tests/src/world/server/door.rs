//! Where the server waits for its disk: nothing goes on before the world lets it.
//!
//! Every operation of a store stands here first, so the world decides in which order they
//! happen, between which of them the machine dies, and which of them fail.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use talkoot_server::store::StoreError;

/// Operations that wait, and the answers that wait for them.
#[derive(Default)]
pub(crate) struct Door(Mutex<Standing>);

#[derive(Default)]
struct Standing {
    next: u64,
    waiting: Vec<(u64, &'static str)>,
    answers: BTreeMap<u64, Result<(), StoreError>>,
}

impl Door {
    /// Waits for the world's leave, or learns that the disk fails.
    pub(crate) async fn pass(&self, what: &'static str) -> Result<(), StoreError> {
        let number = self.with(|standing| {
            standing.next += 1;
            standing.waiting.push((standing.next, what));
            standing.next
        });
        poll_fn(|_| match self.with(|standing| standing.answers.remove(&number)) {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
        .await
    }

    /// Counts what waits.
    pub(crate) fn waiting(&self) -> usize {
        self.with(|standing| standing.waiting.len())
    }

    /// Names one of those that wait.
    pub(crate) fn name(&self, place: usize) -> &'static str {
        self.with(|standing| standing.waiting.get(place).map_or("nothing", |(_, what)| *what))
    }

    /// Lets one go on with an answer.
    pub(crate) fn open(&self, place: usize, answer: Result<(), StoreError>) {
        self.with(|standing| {
            if place < standing.waiting.len() {
                let (number, _) = standing.waiting.remove(place);
                standing.answers.insert(number, answer);
            }
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Standing) -> T) -> T {
        // One thread drives a world, so nobody can have left this half done.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
