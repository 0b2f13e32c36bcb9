//! How many improvements wait for each copy of one's own projects, for the lists.
//!
//! A summary is made of one record, and this takes two: the copy, and its original as the copy
//! last knew it. So copies are counted one after another in moments when nobody waits, and the
//! count is noted in the copy's summary, where lists read it with no record open and no network.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;
use wasm_bindgen_futures::spawn_local;

use super::hands::Work;
use super::{Desk, adopting};
use crate::device;
use crate::local::StoreError;
use crate::sync::Word;

/// The copies that wait to be counted.
#[derive(Debug, Default)]
pub(super) struct Uncounted {
    copies: RefCell<BTreeSet<RecordId>>,
    is_counting: Cell<bool>,
}

/// What the third part of the program can do: comparing weighs as much as a screen.
trait Counting {
    /// Counts what the original of a copy proposes to it.
    fn count(&self, desk: Rc<Desk>, copy: RecordId) -> Work<Result<usize, StoreError>>;
}

struct Own;

impl Counting for Own {
    fn count(&self, desk: Rc<Desk>, copy: RecordId) -> Work<Result<usize, StoreError>> {
        Box::pin(async move { adopting::count(&desk, copy).await })
    }
}

#[wasm_split(seldom, wasm_split_path = ::leptos::wasm_split, fallible)]
fn own() -> Result<Rc<dyn Counting>, SplitLoaderError> {
    Ok(Rc::new(Own))
}

impl Desk {
    /// Counts again, when nobody waits, for the copies among these records and the copies of
    /// them; `None`: for all.
    pub(crate) fn count_improvements_soon(self: &Rc<Self>, changed: Option<&[RecordId]>) {
        let copies = self.own_copies(changed);
        self.uncounted.copies.borrow_mut().extend(copies);
        let is_settled = self.uncounted.copies.borrow().is_empty();
        if is_settled || self.uncounted.is_counting.replace(true) {
            return;
        }
        let desk = Rc::clone(self);
        spawn_local(async move {
            desk.count_improvements().await;
            desk.uncounted.is_counting.set(false);
        });
    }

    async fn count_improvements(self: &Rc<Self>) {
        // Where the third part is not here yet, the next start counts.
        let Ok(counting) = own().await else { return };
        loop {
            let next = self.uncounted.copies.borrow_mut().pop_first();
            let Some(copy) = next else { return };
            device::breathe().await;
            match counting.count(Rc::clone(self), copy).await {
                Ok(count) => self.note_improvements(copy, count).await,
                Err(cause) => return self.note_fault(cause),
            }
        }
    }

    async fn note_improvements(self: &Rc<Self>, copy: RecordId, count: usize) {
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        if self.improvements_noted(copy) == count {
            return;
        }
        let Some(mut refreshed) = self.refreshed(copy) else { return };
        note(&mut refreshed.summary, count);
        self.show_summaries([(copy, refreshed.summary.clone())]);
        match self.keep_refreshed(vec![refreshed]).await {
            Ok(()) => self.tell_tabs(&Word::Wrote { records: vec![copy], anew: false }),
            Err(cause) => self.note_fault(cause),
        }
    }

    /// Gives what the summary of a copy says now.
    pub(super) fn improvements_noted(&self, copy: RecordId) -> u16 {
        self.shown.summaries.with_untracked(|all| {
            all.get(copy).and_then(|it| it.practice.as_ref()).map_or(0, |it| it.improvements)
        })
    }

    /// Lists the copies of this person's projects that a difference in some records may concern.
    fn own_copies(&self, changed: Option<&[RecordId]>) -> Vec<RecordId> {
        let mine = self.caller().projects;
        self.shown.summaries.with_untracked(|all| {
            let copies = all.iter().filter_map(|it| Some((it, it.practice.as_ref()?.origin?)));
            let copies = copies.filter(|(copy, origin)| {
                let concerns = |records: &[RecordId]| {
                    records.contains(&copy.record) || records.contains(origin)
                };
                let is_mine = copy.project.is_some_and(|project| mine.contains(&project));
                is_mine && copy.trashed.is_none() && changed.is_none_or(concerns)
            });
            copies.map(|(copy, _)| copy.record).collect()
        })
    }
}

/// Notes a count in the summary of a copy.
pub(super) fn note(summary: &mut Option<Summary>, count: u16) {
    if let Some(practice) = summary.as_mut().and_then(|it| it.practice.as_mut()) {
        practice.improvements = count;
    }
}
