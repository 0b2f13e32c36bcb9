//! Packing a transfer file: which records it is about, whose keys go with it, what it is called.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;
use talkoot_core::transfer::{self, EXTENSION, MEDIA_TYPE, Maker, Slice, lock};

use super::stretching::stretched;
use crate::address;
use crate::device;
use crate::device::download::save_bytes;
use crate::local::{Local, StoreError};
use crate::workspace::{ActError, Desk, Summaries};

/// What a file is called that is about no one thing.
const NAMELESS: &str = "talkoot";

/// What goes into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A practice with its lineage, a project with everything of it, or one other thing.
    Record(RecordId),
    /// Several things, each with what belongs to it.
    Chosen(BTreeSet<RecordId>),
    /// Everything that the server may lack.
    Unsent,
}

/// Packs a file, locks it where that is wanted, and hands it to the browser; says whether there was anything to pack.
pub(super) async fn export(
    desk: &Rc<Desk>,
    scope: Scope,
    passphrase: Option<String>,
) -> Result<bool, ActError> {
    desk.flush_typing().await;
    let local = desk.local()?;
    let (changes, name) = match scope {
        Scope::Record(record) => of_chosen(desk, &local, &[record].into()).await?,
        Scope::Chosen(chosen) => of_chosen(desk, &local, &chosen).await?,
        Scope::Unsent => (local.unsent_changes().await?, None),
    };
    if changes.is_empty() {
        return Ok(false);
    }
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| NAMELESS.to_owned());
    let bytes = pack(&local, changes).await?;
    let bytes = lock(bytes, passphrase.as_deref()).await?;
    let saved = save_bytes(&format!("{name}.{EXTENSION}"), MEDIA_TYPE, &bytes);
    if saved { Ok(true) } else { Err(ActError::Gone) }
}

/// Reads what belongs to some things; a single one gives the file its name.
async fn of_chosen(
    desk: &Desk,
    local: &Local,
    chosen: &BTreeSet<RecordId>,
) -> Result<(Vec<SignedChange>, Option<String>), StoreError> {
    let summaries = desk.shown.summaries;
    let records = summaries.with_untracked(|all| slice_of(all, chosen));
    let only = chosen.first().filter(|_| chosen.len() == 1);
    let title = summaries.with_untracked(|all| Some(all.get(*only?)?.title.clone()));
    Ok((local.changes_of(&records).await?, title.map(|title| address::slug(&title))))
}

/// Chooses what belongs to several things (rule P64).
fn slice_of(all: &Summaries, chosen: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
    chosen.iter().flat_map(|record| slice(all, *record)).collect()
}

/// Chooses what belongs to a thing (rule P42).
fn slice(all: &Summaries, record: RecordId) -> BTreeSet<RecordId> {
    let mut records = BTreeSet::from([record]);
    let of_project = all.iter().filter(|summary| summary.project == Some(record));
    records.extend(of_project.map(|summary| summary.record));
    let practices: Vec<RecordId> = records.iter().copied().collect();
    for practice in practices {
        let mut next = origin(all, practice);
        // A line of origins is as long as it is; one that leads back to itself ends there.
        while let Some(record) = next.filter(|record| records.insert(*record)) {
            next = origin(all, record);
        }
    }
    let is_practice =
        |record: &&RecordId| all.get(**record).is_some_and(|it| it.kind == Kind::Practice);
    let projects = records.iter().filter(is_practice).filter_map(|it| all.get(*it)?.project);
    let projects: Vec<RecordId> = projects.collect();
    records.extend(projects);
    records
}

fn origin(all: &Summaries, record: RecordId) -> Option<RecordId> {
    all.get(record)?.practice.as_ref()?.origin
}

/// Packs changes with what vouches for their makers.
async fn pack(local: &Local, changes: Vec<SignedChange>) -> Result<Vec<u8>, ActError> {
    let trust = local.trust().await?;
    let opened = changes.iter().filter_map(|signed| signed.open().ok());
    let replicas: BTreeSet<_> = opened.map(|change| change.id.replica).collect();
    let key = &local.identity.key;
    let own = local.account.map(|account| Maker::unproven(key.public(), account));
    let known = trust
        .makers
        .iter()
        .filter(|maker| replicas.contains(&maker.replica()) || maker.key == key.public());
    let slice =
        Slice { made_ms: device::now_ms(), makers: known.copied().chain(own).collect(), changes };
    transfer::write(&slice, key).map_err(|_| ActError::Refused { code: "transfer_too_big" })
}

/// Locks a file where a passphrase is given.
async fn lock(bytes: Vec<u8>, passphrase: Option<&str>) -> Result<Vec<u8>, ActError> {
    let Some(passphrase) = passphrase else { return Ok(bytes) };
    let chance = device::chance().ok_or(StoreError::Denied)?;
    let refuse = |cause: lock::LockError| ActError::Refused { code: cause.code() };
    let key = stretched(lock::locking(passphrase, &chance).map_err(refuse)?).await;
    lock::lock(&bytes, key, &chance).map_err(refuse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
    use talkoot_core::record::Deed;
    use talkoot_core::stamp::Stamp;
    use talkoot_core::summary::{PracticeSummary, Summary};

    fn id(number: u8) -> RecordId {
        RecordId([number; 16])
    }

    /// A record of a project; a practice may have an origin.
    fn summary(number: u8, kind: Kind, project: Option<u8>, origin: Option<u8>) -> Summary {
        let deed = Deed {
            change: ChangeId { replica: ReplicaId([1; 16]), counter: 1 },
            author: AccountId([1; 16]),
            stamp: Stamp { wall_ms: 1, tick: 0 },
        };
        let practice = PracticeSummary { origin: origin.map(id), ..PracticeSummary::default() };
        Summary {
            record: id(number),
            kind,
            title: String::new(),
            excerpt: String::new(),
            project: project.map(id),
            subkind: None,
            language: None,
            date: None,
            published: false,
            trashed: None,
            created: deed,
            modified: deed,
            choices: 0,
            period: None,
            areas: Vec::new(),
            keywords: Vec::new(),
            newer: false,
            unpublished: false,
            blank: false,
            asked_by: None,
            asked: Vec::new(),
            thread: None,
            practice: (kind == Kind::Practice).then_some(practice),
        }
    }

    /// Two projects: 1 with a document and a practice adopted from one of 2, which was adopted
    /// from another there.
    fn workspace() -> Summaries {
        let mut all = Summaries::default();
        for one in [
            summary(1, Kind::Project, None, None),
            summary(2, Kind::Project, None, None),
            summary(10, Kind::Document, Some(1), None),
            summary(11, Kind::Practice, Some(1), Some(21)),
            summary(20, Kind::Practice, Some(2), Some(11)),
            summary(21, Kind::Practice, Some(2), Some(20)),
            summary(22, Kind::Practice, Some(2), None),
        ] {
            all.set(one.record, Some(one));
        }
        all
    }

    #[test]
    fn p42_a_practice_goes_with_its_line_of_origins_and_a_project_with_everything_of_it() {
        let chosen = |record| slice(&workspace(), id(record)).into_iter().collect::<Vec<_>>();
        let ids = |numbers: &[u8]| numbers.iter().copied().map(id).collect::<Vec<_>>();
        assert_eq!(chosen(11), ids(&[1, 2, 11, 20, 21]), "a line that leads back to itself ends");
        assert_eq!(chosen(22), ids(&[2, 22]));
        assert_eq!(chosen(10), ids(&[10]));
        assert_eq!(chosen(1), ids(&[1, 2, 10, 11, 20, 21]));
    }

    #[test]
    fn p64_of_several_chosen_things_each_goes_with_what_belongs_to_it() {
        let chosen = |numbers: &[u8]| {
            let chosen = numbers.iter().copied().map(id).collect();
            slice_of(&workspace(), &chosen).into_iter().collect::<Vec<_>>()
        };
        let ids = |numbers: &[u8]| numbers.iter().copied().map(id).collect::<Vec<_>>();
        assert_eq!(chosen(&[10, 22]), ids(&[2, 10, 22]), "the project of a practice comes along");
        assert_eq!(chosen(&[11, 20]), ids(&[1, 2, 11, 20, 21]), "what both share comes once");
        assert_eq!(chosen(&[]), ids(&[]));
    }
}
