//! Storing what one turn brought: nobody hears of it before.

use axum::body::Bytes;
use talkoot_core::sync::server::Outcome;
use talkoot_core::yjs;

use super::admitting::{Run, text_op};
use super::door::scribbler;
use super::mail::Said;
use super::room::Room;
use crate::clock;
use crate::store::StoreError;
use crate::writer::{Origin, Submission};

impl Room {
    /// Has the turn's updates stored for good, in one group, and notes what is to be told.
    pub(super) async fn store_written(&mut self) -> Result<(), StoreError> {
        let runs = self.admit_written();
        let mut is_whole = true;
        for run in self.submit(runs).await? {
            match run {
                (run, Outcome::Stored(_)) => self.keep(run),
                (run, Outcome::Refused { code, .. }) => {
                    run.written.iter().for_each(|written| self.deny(written.peer, code));
                    is_whole = false;
                }
            }
        }
        // Where something that was counted on did not come, only the log is certain.
        if is_whole { Ok(()) } else { self.load_again().await }
    }

    async fn submit(&mut self, runs: Vec<Run>) -> Result<Vec<(Run, Outcome)>, StoreError> {
        let origin = Origin::Room { texts: self.mode.texts() };
        let arrived_ms = clock::now_ms();
        let mut begun = None;
        if let Some(made) = self.unstored.take_if(|_| !runs.is_empty()) {
            let (caller, changes) = (scribbler(), vec![made]);
            let submission = Submission { caller, changes, arrived_ms, origin };
            begun = Some(self.services.queue.put(submission).await?);
        }
        let mut answered = Vec::with_capacity(runs.len());
        let mut waiting = Vec::with_capacity(runs.len());
        for run in runs {
            let ops = run.written.iter().map(|written| text_op(&written.update)).collect();
            let changes = vec![self.scribe.write(run.account, ops)];
            let caller = run.caller.clone();
            let submission = Submission { caller, changes, arrived_ms, origin };
            waiting.push((run, self.services.queue.put(submission).await?));
        }
        if let Some(answer) = begun {
            // Should it be refused, so is everything that builds on it.
            answer.await.map_err(|_| StoreError::Closed)??;
        }
        for (run, answer) in waiting {
            let outcome = answer.await.map_err(|_| StoreError::Closed)??.pop();
            answered.push((run, outcome.ok_or(StoreError::Closed)?));
        }
        Ok(answered)
    }

    fn keep(&mut self, run: Run) {
        for written in run.written {
            let frame = Bytes::from(yjs::update(&written.update));
            self.said.push(Said { from: Some(written.peer), frame });
            self.text.keep(written.update.to_vec(), &written.facts);
        }
    }
}
