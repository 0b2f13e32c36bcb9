//! From letters to a change: gathered for a moment, journalled at once, then stored.

use std::rc::Rc;

use talkoot_core::text::{TextDocument, merge_updates};
use wasm_bindgen_futures::spawn_local;

use super::Typing;
use crate::device;
use crate::editor::TextSession;
use crate::local::StoreError;
use crate::record_session::SaveState;
use crate::workspace::{Desk, LocalFault, WriteFault, write_text};

/// How long letters are gathered before they are stored, in milliseconds.
const GATHER_MS: u32 = 200;
/// Most bytes of several updates that become one change: pastes in quick succession
/// are big enough each, and together could be more than a change may carry.
const PART_BYTES_MAX: usize = 200_000;
/// How long to wait before a full disk is tried again, in milliseconds.
const RETRY_MS: u32 = 5_000;
/// How often to look whether everything is stored, in milliseconds, and how many times.
const LOOK_EVERY_MS: u32 = 10;
const LOOKS_MAX: u32 = 200;

impl Typing {
    pub(super) fn hear(self: &Rc<Self>, update: Vec<u8>) {
        self.gathered.borrow_mut().push(update);
        self.journal_now();
        self.say(SaveState::Writing);
        self.flush_after(GATHER_MS);
    }

    /// Writes down everything that is not stored yet.
    pub(crate) fn journal_now(&self) {
        let leaving = self.leaving.borrow();
        let all: Vec<_> = leaving.iter().chain(self.gathered.borrow().iter()).cloned().collect();
        self.journal.borrow().keep(&all);
    }

    fn flush_after(self: &Rc<Self>, delay_ms: u32) {
        if self.timer_runs.replace(true) {
            return;
        }
        let typing = Rc::clone(self);
        spawn_local(async move {
            device::sleep(delay_ms).await;
            typing.timer_runs.set(false);
            typing.flush().await;
        });
    }

    /// Stores what was typed, without anybody waiting for it.
    pub(crate) fn flush_soon(self: &Rc<Self>) {
        let typing = Rc::clone(self);
        spawn_local(async move { typing.flush().await });
    }

    /// Stores what was typed, as one change.
    pub(crate) async fn flush(self: &Rc<Self>) {
        let Some(desk) = self.desk.upgrade() else { return };
        if desk.local().ok().and_then(|local| local.account) != Some(self.account) {
            // Somebody else came in: these letters stay in the journal of who typed them.
            return;
        }
        if !self.leaving.borrow().is_empty() || self.gathered.borrow().is_empty() {
            return;
        }
        let updates = first_part(&mut self.gathered.borrow_mut());
        self.leaving.borrow_mut().clone_from(&updates);
        let stored = match merge_updates(&updates) {
            Ok(update) => write_text(&desk, self.record, update).await,
            Err(cause) => Err(WriteFault::Refused { code: cause.code() }),
        };
        match stored {
            Ok(()) => self.stored(),
            Err(WriteFault::Store(cause)) => self.failed(cause),
            Err(WriteFault::NotReady) => self.failed(StoreError::Closed),
            Err(WriteFault::StillComing) => self.wait(),
            Err(WriteFault::Refused { code }) => self.refused(&desk, code).await,
        }
    }

    /// Stores what was typed and waits until all of it is stored, or cannot be.
    pub(crate) async fn flush_all(self: &Rc<Self>) {
        let mut looks = 0;
        while self.holds_something() && looks < LOOKS_MAX {
            self.flush().await;
            device::sleep(LOOK_EVERY_MS).await;
            looks += 1;
        }
    }

    /// Says whether letters are here that are not stored.
    pub(crate) fn holds_something(&self) -> bool {
        !self.leaving.borrow().is_empty() || !self.gathered.borrow().is_empty()
    }

    fn stored(self: &Rc<Self>) {
        self.leaving.borrow_mut().clear();
        self.journal_now();
        if self.gathered.borrow().is_empty() {
            self.say(SaveState::OnDevice);
        } else {
            self.flush_after(GATHER_MS);
        }
    }

    /// Keeps the letters in the journal and in memory, says so, and tries again.
    fn failed(self: &Rc<Self>, cause: StoreError) {
        self.take_back();
        self.say(SaveState::Failed(LocalFault::from(cause)));
        self.flush_after(RETRY_MS);
    }

    /// The rest of the text comes in a moment: the letters stay in the journal until it is here.
    fn wait(self: &Rc<Self>) {
        self.take_back();
        self.flush_after(GATHER_MS);
    }

    fn take_back(&self) {
        let mut all = self.leaving.take();
        all.extend(self.gathered.take());
        *self.gathered.borrow_mut() = all;
        self.journal_now();
    }

    /// The rules of this very device refuse it: its words are kept aside, the text begins anew.
    async fn refused(self: &Rc<Self>, desk: &Rc<Desk>, code: &'static str) {
        self.hold(true);
        match self.keep_aside(desk, code).await {
            Ok(()) => self.begin_anew(),
            Err(cause) => {
                self.hold(false);
                self.failed(cause);
            }
        }
    }

    /// Keeps the text as it stands here aside, with everything that is not stored.
    async fn keep_aside(&self, desk: &Rc<Desk>, code: &'static str) -> Result<(), StoreError> {
        let typed = self.with_text(TextSession::state).unwrap_or_default();
        desk.keep_typed_aside(self.record, code, &typed).await?;
        self.leaving.borrow_mut().clear();
        self.gathered.borrow_mut().clear();
        self.journal_now();
        self.say(SaveState::Refused);
        Ok(())
    }

    /// What is stored has lost something on which the last letters may stand: keeps them aside
    /// if they do. Nobody types meanwhile.
    pub(super) async fn part_with(self: &Rc<Self>) {
        let mut looks = 0;
        while !self.leaving.borrow().is_empty() && looks < LOOKS_MAX {
            device::sleep(LOOK_EVERY_MS).await;
            looks += 1;
        }
        let Some(desk) = self.desk.upgrade() else { return };
        if self.fits(&desk) {
            return;
        }
        if let Err(cause) = self.keep_aside(&desk, "missing_earlier").await {
            self.failed(cause);
        }
    }

    /// Says whether what is not stored fits onto what is.
    fn fits(&self, desk: &Desk) -> bool {
        let gathered = self.gathered.borrow();
        if gathered.is_empty() {
            return true;
        }
        let state = desk.records.with(self.record, |loaded| loaded.open.text.state());
        let stored = state.and_then(|state| TextDocument::from_state(1, &state).ok());
        stored.is_some_and(|mut text| gathered.iter().all(|it| text.apply(it).is_ok()))
    }
}

/// Takes what makes one change from the front: as much as fits, and always something.
fn first_part(gathered: &mut Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut bytes = 0_usize;
    let fits = |update: &&Vec<u8>| {
        bytes = bytes.saturating_add(update.len());
        bytes <= PART_BYTES_MAX
    };
    let count = gathered.iter().take_while(fits).count().max(1).min(gathered.len());
    gathered.drain(..count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e19_what_comes_fast_is_stored_in_parts_that_a_change_can_carry() {
        let big = vec![0; PART_BYTES_MAX - 1];
        let mut gathered = vec![vec![0], big.clone(), vec![1], vec![2]];
        assert_eq!(first_part(&mut gathered), vec![vec![0], big]);
        assert_eq!(first_part(&mut gathered), vec![vec![1], vec![2]]);
        let mut huge = vec![vec![0; PART_BYTES_MAX * 2], vec![1]];
        assert_eq!(first_part(&mut huge).len(), 1);
        assert_eq!(first_part(&mut Vec::new()), Vec::<Vec<u8>>::new());
    }
}
