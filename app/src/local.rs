//! What this device keeps: one IndexedDB database an account.
//!
//! Nothing outside this folder knows a store or a key. A write that must not be
//! lost says so (`strict`) and counts only when its transaction is complete.

mod choices;
mod commit;
mod database;
mod journal;
mod keys;
mod letters;
mod load;
mod meta;
mod outbox;
mod owed;
mod page;
mod published;
mod quarantine;
mod quota;
mod request;
mod schema;
mod set_aside;
mod sight;
mod summaries;
mod transaction;
mod transfer;
mod unfinished;
mod withdrawn;

pub(crate) use choices::ChoicesAhead;
pub(crate) use commit::Commit;
pub(crate) use database::StoreError;
pub(crate) use journal::Journal;
pub(crate) use letters::Letters;
pub(crate) use load::Loaded;
pub(crate) use meta::{Clock, Identity, KnownPerson};
pub(crate) use outbox::OutboxEntry;
pub(crate) use page::{NewChange, StoredPage};
pub(crate) use quarantine::held_at_start;
pub(crate) use quota::{ask_persistence, storage};
pub(crate) use schema::{Local, StoredChange};
pub(crate) use set_aside::{Aside, StoredSetAside};
pub(crate) use summaries::Refreshed;
pub(crate) use unfinished::{Begun, Unfinished};
pub(crate) use withdrawn::WITHDRAWN;
