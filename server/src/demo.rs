//! Loads the example programme: the data of `public/demo/` as accounts and changes.
//!
//! Everything goes the way of a person's change: signed, judged by the access
//! table with the rights of the account that wrote it, appended by the writer.
//! Names follow from the keys in the data, so addresses are the same each time.

mod comment;
mod copy;
mod document;
mod draft;
mod files;
mod names;
mod organisation;
mod practice;
mod programme;
mod project;
mod thread;

use std::collections::BTreeMap;

use talkoot_core::access::{Caller, Role};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::Kind;
use talkoot_core::sign::ReplicaKey;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::server::Outcome;
use talkoot_core::text::TextError;
use tokio::task::{JoinError, JoinSet};

use self::draft::{Draft, Manner};
use self::files::{AccountFile, Files};
use self::thread::Threads;
use crate::account::{normal_email, role_name};
use crate::chance::{self, NoChance};
use crate::clock;
use crate::password::{self, PasswordError};
use crate::services::Services;
use crate::store::{NewAccount, StoreError};
use crate::writer::{Opened, Origin, Submission};

/// What was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    pub records: usize,
    pub accounts: Vec<LoadedAccount>,
}

/// An account to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedAccount {
    pub email: String,
    pub password: String,
    pub name: String,
    pub role: &'static str,
}

/// Why the example programme could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    #[error("the file {file} of the example programme is missing")]
    Missing { file: String },
    #[error("the file {file} of the example programme does not read at line {line}")]
    Unreadable { file: &'static str, line: usize },
    #[error("the example programme names the unknown account {key}")]
    UnknownAccount { key: String },
    #[error("the file {file} of the example programme has the unknown section {section}")]
    UnknownSection { file: String, section: String },
    #[error("the example programme's thread {thread} has no post {post}")]
    UnknownPost { thread: String, post: String },
    #[error("what the example programme's {copy} was adopted from is not there")]
    NoOriginal { copy: String },
    #[error("a text of the example programme does not load: {0}")]
    Text(#[from] TextError),
    #[error("the example programme has no coordinator")]
    NoCoordinator,
    #[error("the example programme's {record} was refused: {code}")]
    Refused { record: String, code: &'static str },
    #[error("a password of the example programme cannot be used: {0}")]
    Password(#[from] PasswordError),
    #[error("a password could not be hashed")]
    Stopped,
    #[error("the database failed: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl From<JoinError> for DemoError {
    fn from(_: JoinError) -> Self {
        Self::Stopped
    }
}

/// Loads the example programme into an empty workspace.
pub async fn load(services: &Services) -> Result<Loaded, DemoError> {
    let files = Files::read()?;
    add_accounts(services, &files.accounts).await?;
    let drafts = drafts(&files)?;
    let records = drafts.len();
    Scribe::new(services, &files).await?.write_all(drafts).await?;
    let accounts = files.accounts.into_iter().map(|account| LoadedAccount {
        email: account.email,
        password: account.password,
        name: account.name,
        role: role_name(account.role.into()),
    });
    Ok(Loaded { records, accounts: accounts.collect() })
}

/// Hashes on all cores: each hash takes tens of milliseconds.
async fn add_accounts(services: &Services, accounts: &[AccountFile]) -> Result<(), DemoError> {
    let mut hashing = JoinSet::new();
    for account in accounts.iter().cloned() {
        hashing.spawn_blocking(move || (password::hash(&account.password), account));
    }
    while let Some(hashed) = hashing.join_next().await {
        let (password_hash, account) = hashed?;
        let added = services.accounts.add_account(NewAccount {
            id: names::account(&account.key),
            email: normal_email(&account.email),
            name: account.name,
            role: account.role.into(),
            projects: account.projects.iter().map(|key| names::project(key)).collect(),
            password_hash: password_hash?,
            created_ms: clock::now_ms(),
        });
        if !added.await? {
            tracing::info!("an account of the example programme was there already");
        }
    }
    Ok(())
}

fn drafts(files: &Files) -> Result<Vec<Draft>, DemoError> {
    let coordinator = files.accounts.iter().find(|it| Role::from(it.role) == Role::Coordinator);
    let coordinator = &coordinator.ok_or(DemoError::NoCoordinator)?.key;
    let mut drafts = vec![programme::draft(&files.programme, coordinator)];
    drafts.extend(files.projects.iter().map(|it| project::draft(it, coordinator)));
    drafts.extend(files.organisations.iter().map(|it| organisation::draft(it, coordinator)));
    for document in &files.documents {
        drafts.push(document::draft(document, &files.accounts)?);
    }
    drafts.extend(practice::drafts(files)?);
    drafts.extend(thread::drafts(files));
    drafts.extend(comment::drafts(&files.comments)?);
    // In the order in which they were written, so that the log reads like the past.
    drafts.sort_by_key(|draft| draft.written_ms);
    Ok(drafts)
}

/// Writes changes with the server's own key, each for the account that its draft names.
struct Scribe<'a> {
    services: &'a Services,
    key: ReplicaKey,
    counter: u64,
    /// The last change that was written on each record.
    written: BTreeMap<RecordId, u64>,
    callers: BTreeMap<String, Caller>,
    /// The practices as they stand: copies begin with what their originals say.
    practices: BTreeMap<RecordId, OpenRecord>,
    threads: Threads,
    files: &'a Files,
}

impl<'a> Scribe<'a> {
    async fn new(services: &'a Services, files: &'a Files) -> Result<Self, DemoError> {
        let seed = services.changes.replica_seed(chance::bytes()?).await?;
        let key = ReplicaKey::from_seed(&seed);
        let counter = services.changes.last_counter(key.public().replica()).await?;
        let caller = |account: &AccountFile| Caller {
            account: Some(names::account(&account.key)),
            role: account.role.into(),
            projects: account.projects.iter().map(|key| names::project(key)).collect(),
        };
        let callers = files.accounts.iter().map(|account| (account.key.clone(), caller(account)));
        let (written, practices) = (BTreeMap::new(), BTreeMap::new());
        let (callers, threads) = (callers.collect(), Threads::default());
        Ok(Self { services, key, counter, written, callers, practices, threads, files })
    }

    async fn write_all(mut self, drafts: Vec<Draft>) -> Result<(), DemoError> {
        for draft in drafts {
            self.write(draft).await?;
        }
        Ok(())
    }

    async fn write(&mut self, draft: Draft) -> Result<(), DemoError> {
        let Draft { record, written_ms, kind, .. } = draft;
        let unknown = || DemoError::UnknownAccount { key: draft.written_by.clone() };
        let caller = self.callers.get(&draft.written_by).cloned().ok_or_else(unknown)?;
        let account = caller.account.ok_or_else(unknown)?;
        let ops = self.ops(&draft, account)?;
        self.counter = self.counter.saturating_add(1);
        let stamp = Stamp { wall_ms: written_ms, tick: 0 };
        let previous = self.written.insert(record, self.counter).unwrap_or_default();
        let slot = Slot { counter: self.counter, previous, stamp };
        let author = Author { account, key: self.key.clone() };
        let (change, signed) = author.write(slot, record, ops);
        if kind == Kind::Practice {
            let practice = self.practices.entry(record);
            practice.or_insert_with(|| OpenRecord::new(record)).apply(&change);
        }
        if let Manner::Says(said) = &draft.manner {
            self.threads.wrote(self.files, said, &change);
        }
        let changes = vec![Opened { change, signed }];
        let (arrived_ms, origin) = (clock::now_ms(), Origin::Device);
        let submission = Submission { caller, changes, arrived_ms, origin };
        match self.services.queue.submit(submission).await?.first() {
            Some(Outcome::Stored(_)) => Ok(()),
            Some(Outcome::Refused { code, .. }) => {
                Err(DemoError::Refused { record: draft.name, code })
            }
            None => Err(DemoError::Store(StoreError::Closed)),
        }
    }

    /// Gives the operations of a draft, which for a copy follow from what it was copied from.
    fn ops(&self, draft: &Draft, by: AccountId) -> Result<Vec<Op>, DemoError> {
        let here = |record: RecordId| {
            let practice = self.practices.get(&record);
            practice.ok_or_else(|| DemoError::NoOriginal { copy: draft.name.clone() })
        };
        match &draft.manner {
            Manner::Plain => Ok(draft.ops.clone()),
            Manner::Adopts(adopted) => Ok(adopted.begin(here(adopted.original)?, draft.record)),
            Manner::Revises { sections, reason } => {
                Ok(copy::revising(here(draft.record)?, sections, reason)?)
            }
            Manner::Says(said) => self.threads.ops(self.files, draft.record, said, by),
            Manner::InItsOwnWay => Ok(copy::own_ways(here(draft.record)?, draft.ops.clone())?),
        }
    }
}
