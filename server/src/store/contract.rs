//! One suite for every implementation of the store.
//!
//! Each test takes a fresh store, whatever it is; the macro at the end runs all
//! of them on all implementations.

mod accounts;
mod log;
mod records;

use std::sync::Arc;

use super::sample::TempFolder;
use super::sqlite::SqliteStore;
use super::{AccountStore, ChangeStore, RecordStore};

/// A store under test. The folder goes when the test ends.
pub(super) struct Subject {
    pub(super) store: Arc<SqliteStore>,
    _folder: Option<TempFolder>,
}

impl std::ops::Deref for Subject {
    type Target = SqliteStore;

    fn deref(&self) -> &SqliteStore {
        &self.store
    }
}

fn in_a_file() -> Subject {
    let folder = TempFolder::new();
    let store = Arc::new(SqliteStore::open(&folder.0.join("talkoot.db")).unwrap());
    Subject { store, _folder: Some(folder) }
}

fn in_memory() -> Subject {
    Subject { store: Arc::new(SqliteStore::in_memory().unwrap()), _folder: None }
}

/// A later implementation of the traits joins here.
fn is_a_store<S: ChangeStore + RecordStore + AccountStore>(_: &S) {}

macro_rules! contract {
    ($($suite:ident :: $test:ident),* $(,)?) => {
        mod sqlite_in_a_file {
            $(#[tokio::test] async fn $test() { super::$suite::$test(&super::in_a_file()).await })*
        }
        mod sqlite_in_memory {
            $(#[tokio::test] async fn $test() { super::$suite::$test(&super::in_memory()).await })*
        }
    };
}

contract! {
    log::o3_entries_are_numbered_from_one_without_gaps_and_come_back_as_they_went_in,
    log::o3_an_append_that_did_not_know_the_end_of_the_log_stores_nothing,
    log::o3_an_append_with_a_taken_identity_stores_nothing_of_itself,
    log::o3_a_read_brings_at_least_one_entry_and_stops_at_the_size,
    log::o3_rows_carry_who_may_see_their_record_now,
    log::o3_the_changes_of_a_record_come_in_order_up_to_a_place,
    log::o3_records_are_read_whole_the_one_with_the_last_entry_first,
    log::o3_a_change_is_found_by_its_identity,
    log::o3_the_log_and_the_servers_key_keep_their_names,
    records::d9_a_row_follows_every_change_of_its_record,
    records::d9_records_are_found_in_the_order_in_which_they_came,
    accounts::u3_an_email_names_one_account,
    accounts::u3_new_rights_raise_their_number,
    accounts::u3_a_session_lasts_until_it_ends_and_can_be_extended,
    accounts::u3_a_new_password_ends_every_session,
    accounts::u4_a_device_belongs_to_one_account_and_never_comes_back,
    accounts::u5_attempts_are_counted_before_they_are_tried,
}

#[tokio::test]
async fn o3_what_was_appended_is_there_after_a_crash() {
    let (folder, crashed) = (TempFolder::new(), TempFolder::new());
    let store = SqliteStore::open(&folder.0.join("talkoot.db")).unwrap();
    is_a_store(&store);
    let appending = log::sample_appending(0);
    store.append(appending.clone()).await.unwrap();
    // The files as the disk holds them at this moment, with the store still open.
    for file in ["talkoot.db", "talkoot.db-wal"] {
        std::fs::copy(folder.0.join(file), crashed.0.join(file)).unwrap();
    }
    let again = SqliteStore::open(&crashed.0.join("talkoot.db")).unwrap();
    let rows = again.read_log(0, usize::MAX).await.unwrap();
    let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
    assert_eq!(entries, appending.entries);
}

#[tokio::test]
async fn o2_a_database_of_a_newer_version_is_refused() {
    let folder = TempFolder::new();
    let path = folder.0.join("talkoot.db");
    drop(SqliteStore::open(&path).unwrap());
    let newer = super::sqlite::SCHEMA + 1;
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", newer).unwrap();
    drop(file);
    let refused = SqliteStore::open(&path).unwrap_err();
    let known = super::sqlite::SCHEMA;
    assert_eq!(refused, super::sqlite::OpenError::Newer { found: newer, known });
}

#[tokio::test]
async fn d9_a_database_from_before_rows_of_records_gets_them_when_it_is_opened() {
    let folder = TempFolder::new();
    let path = folder.0.join("talkoot.db");
    let store = SqliteStore::open(&path).unwrap();
    store.append(log::sample_appending(0)).await.unwrap();
    let expected = store.records(super::RecordSearch::default(), 9).await.unwrap();
    assert_eq!(expected.len(), 1);
    drop(store);
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "DROP INDEX audience_created;
         ALTER TABLE audience DROP COLUMN record_kind;
         ALTER TABLE audience DROP COLUMN created;
         ALTER TABLE audience DROP COLUMN changed;
         ALTER TABLE audience DROP COLUMN changed_ms;
         DROP TABLE digest;
         PRAGMA user_version = 2;",
    )
    .unwrap();
    drop(file);
    let again = SqliteStore::open(&path).unwrap();
    assert_eq!(again.records(super::RecordSearch::default(), 9).await, Ok(expected));
}
