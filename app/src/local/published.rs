//! What readers see of a record in memory, while its people have written more.
//!
//! It is folded from the stored changes by whoever needs it ([`Loaded::lacks_published`]) and
//! stays beside the record until something of it changes. Mostly there is nothing to keep: the
//! record is what was published.

use talkoot_core::change::{Change, Frontier};
use talkoot_core::id::ChangeId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::published::{follow, published};

use super::Loaded;

/// The fold of a published version.
#[derive(Debug)]
pub(crate) struct Published {
    version: Frontier,
    open: OpenRecord,
}

impl Published {
    fn holds(&self, change: ChangeId) -> bool {
        self.version.get(&change.replica).is_some_and(|until| *until >= change.counter)
    }
}

impl Loaded {
    /// Says whether readers see something else than the record, and that is not folded here.
    pub(crate) fn lacks_published(&self) -> bool {
        let record = &self.open.record;
        let folded = self.published.as_ref().map(|it| &it.version);
        record.has_unpublished() && folded != record.published_version().as_ref()
    }

    /// Gives the version that readers see, where that is something else and not folded here.
    pub(crate) fn wanted_version(&self) -> Option<Frontier> {
        self.open.record.published_version().filter(|_| self.lacks_published())
    }

    /// Folds what readers see from all changes of the record.
    pub(crate) fn fold_published(&mut self, changes: &[Change]) {
        let version = self.open.record.published_version();
        let folded = version.zip(published(&self.open, changes));
        self.published = folded.map(|(version, open)| Published { version, open });
    }

    /// Takes into account that a change was folded into the record: it is none of the published
    /// version, or that is folded anew when somebody asks.
    pub(super) fn follow_published(&mut self, change: ChangeId) {
        self.published = self.published.take().filter(|it| !it.holds(change));
        if let Some(published) = &mut self.published {
            follow(&mut published.open, &self.open);
        }
    }

    /// Gives what somebody sees of the record: a reader sees what was published.
    pub(crate) fn seen(&self, by_reader: bool) -> &OpenRecord {
        let published = self.published.as_ref().filter(|_| by_reader);
        let published = published.filter(|_| self.open.record.has_unpublished());
        published.map_or(&self.open, |it| &it.open)
    }
}
