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
        self.version.knows(change)
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

    /// Gives what somebody sees of the record: a reader sees what was published, and nothing
    /// while that is not folded yet (rule P93).
    pub(crate) fn seen(&self, by_reader: bool) -> Option<&OpenRecord> {
        if !by_reader || !self.open.record.has_unpublished() {
            return Some(&self.open);
        }
        let published = self.published.as_ref().filter(|_| !self.lacks_published());
        published.map(|it| &it.open)
    }
}

#[cfg(test)]
mod tests {
    use talkoot_core::author::{Author, Slot};
    use talkoot_core::change::Op;
    use talkoot_core::id::{AccountId, RecordId};
    use talkoot_core::schema::{Kind, document_field};
    use talkoot_core::sign::ReplicaKey;
    use talkoot_core::stamp::Stamp;
    use talkoot_core::value::Value;

    use super::*;

    /// A document on a device, and everything that its one person wrote.
    struct Written {
        loaded: Loaded,
        changes: Vec<Change>,
    }

    impl Written {
        fn begin() -> Self {
            let loaded = Loaded::at(OpenRecord::new(RecordId([1; 16])), 0);
            let mut written = Self { loaded, changes: Vec::new() };
            written.write(vec![Op::Create { kind: Kind::Document }]);
            written
        }

        fn write(&mut self, ops: Vec<Op>) {
            let key = ReplicaKey::from_seed(&[1; 32]);
            let author = Author { account: AccountId([1; 16]), key };
            let record = &self.loaded.open.record;
            let previous = record.previous(author.replica());
            let stamp = Stamp { wall_ms: previous, tick: 0 };
            let slot = Slot { counter: previous + 1, previous, stamp };
            let (change, _) = author.write(slot, record.id, ops);
            self.loaded.open.apply(&change);
            self.loaded.follow_published(change.id);
            self.changes.push(change);
        }

        fn title(&mut self, title: &str) {
            let record = &self.loaded.open.record;
            let ops = vec![record.set_field(document_field::TITLE, Value::text(title))];
            self.write(ops);
        }

        fn publish(&mut self) {
            let record = &self.loaded.open.record;
            let publish = if record.is_published() {
                record.publish_changes("")
            } else {
                record.publish(true)
            };
            self.write(vec![publish]);
        }

        fn seen(&self, by_reader: bool) -> Option<&str> {
            self.loaded.seen(by_reader)?.record.title()
        }
    }

    #[test]
    fn p93_a_reader_sees_nothing_rather_than_what_is_only_written() {
        let mut written = Written::begin();
        written.title("first");
        written.publish();
        assert_eq!(written.seen(true), Some("first"));
        written.title("only written");
        assert_eq!((written.seen(true), written.seen(false)), (None, Some("only written")));
        written.loaded.fold_published(&written.changes);
        assert_eq!(
            (written.seen(true), written.seen(false)),
            (Some("first"), Some("only written"))
        );
        written.title("written on");
        assert_eq!(written.seen(true), Some("first"), "what is folded stays while one writes on");
        written.publish();
        assert_eq!(written.seen(true), Some("written on"));
    }

    #[test]
    fn p93_a_version_that_was_replaced_is_not_taken_for_the_newest() {
        let mut written = Written::begin();
        written.title("first");
        written.publish();
        written.title("second");
        written.loaded.fold_published(&written.changes);
        written.publish();
        written.title("third");
        assert_eq!(written.seen(true), None, "it is folded anew first");
        written.loaded.fold_published(&written.changes);
        assert_eq!(written.seen(true), Some("second"));
    }
}
