//! The contracts, fulfilled by handing each question to the right thread.

use std::collections::BTreeSet;

use talkoot_core::access::Role;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::message::Device;

use super::super::{
    Account, AccountStore, Answer, AppendError, Appending, Attempt, AttemptLimit, ChangeStore,
    Credentials, DeviceSeen, Holder, LogRow, LogState, NewAccount, NewSession, RecordRow,
    RecordSearch, RecordStore, Span, StoreError, StoredChange, TokenHash, Vouching,
};
use super::{
    SqliteStore, account_rows, attempt_rows, device_rows, log_rows, log_write, record_rows,
    session_rows, span_rows,
};
use talkoot_core::audience::Audience;

impl ChangeStore for SqliteStore {
    fn log_state(&self) -> Answer<'_, LogState> {
        self.write(|db| log_write::log_state(db))
    }

    fn append(&self, appending: Appending) -> Answer<'_, u64, AppendError> {
        let tidier = self.tidier.clone();
        self.write(move |db| {
            let head = log_write::append(db, &appending)?;
            if let Some(tidier) = tidier {
                tidier.wrote(db);
            }
            Ok(head)
        })
    }

    fn find(&self, ids: Vec<ChangeId>) -> Answer<'_, Vec<Option<SignedChange>>> {
        self.read(move |db| log_rows::find(db, &ids))
    }

    fn changes_of(&self, record: RecordId, until: u64) -> Answer<'_, Vec<StoredChange>> {
        self.read(move |db| log_rows::changes_of(db, record, until))
    }

    fn changes_since(&self, record: RecordId, after: u64) -> Answer<'_, Vec<(u64, StoredChange)>> {
        self.read(move |db| log_rows::changes_since(db, record, after))
    }

    fn read_log(&self, after: u64, bytes_max: usize) -> Answer<'_, Vec<LogRow>> {
        self.read(move |db| log_rows::read_log(db, after, bytes_max))
    }

    fn latest_first(&self, until: u64) -> Answer<'_, Vec<(RecordId, u64)>> {
        self.read(move |db| span_rows::latest_first(db, until))
    }

    fn read_spans(
        &self,
        spans: Vec<Span>,
        until: u64,
        bytes_max: usize,
    ) -> Answer<'_, Vec<LogRow>> {
        self.read(move |db| span_rows::read(db, &spans, until, bytes_max))
    }

    fn audience(&self, record: RecordId) -> Answer<'_, Audience> {
        self.read(move |db| log_rows::audience(db, record))
    }

    fn last_counter(&self, replica: ReplicaId) -> Answer<'_, u64> {
        self.read(move |db| log_rows::last_counter(db, replica))
    }

    fn replica_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        self.write(move |db| log_write::meta(db, "replica_seed", &fresh))
    }

    fn sender_seed(&self, fresh: [u8; 32]) -> Answer<'_, [u8; 32]> {
        self.write(move |db| log_write::meta(db, "sender_seed", &fresh))
    }

    fn own_seeds(&self) -> Answer<'_, Vec<[u8; 32]>> {
        self.read(|db| log_rows::own_seeds(db))
    }
}

impl RecordStore for SqliteStore {
    fn record(&self, record: RecordId) -> Answer<'_, Option<RecordRow>> {
        self.read(move |db| record_rows::one(db, record))
    }

    fn records(&self, search: RecordSearch, rows_max: usize) -> Answer<'_, Vec<RecordRow>> {
        self.read(move |db| record_rows::find(db, search, rows_max))
    }
}

impl AccountStore for SqliteStore {
    fn add_account(&self, account: NewAccount) -> Answer<'_, bool> {
        self.write(move |db| account_rows::add(db, &account))
    }

    fn accounts(&self) -> Answer<'_, Vec<Account>> {
        self.read(|db| account_rows::all(db))
    }

    fn credentials(&self, email: String) -> Answer<'_, Option<Credentials>> {
        self.read(move |db| account_rows::credentials(db, &email))
    }

    fn set_password(&self, account: AccountId, password_hash: String) -> Answer<'_, ()> {
        self.write(move |db| account_rows::set_password(db, account, &password_hash))
    }

    fn set_role(&self, account: AccountId, role: Role) -> Answer<'_, ()> {
        self.write(move |db| account_rows::set_role(db, account, role))
    }

    fn set_projects(&self, account: AccountId, projects: BTreeSet<RecordId>) -> Answer<'_, ()> {
        self.write(move |db| account_rows::set_projects(db, account, &projects))
    }

    fn open_session(&self, session: NewSession) -> Answer<'_, ()> {
        self.write(move |db| session_rows::open(db, &session))
    }

    fn session(&self, token_hash: TokenHash, now_ms: u64) -> Answer<'_, Option<Account>> {
        self.read(move |db| session_rows::account(db, token_hash, now_ms))
    }

    fn extend_session(&self, token_hash: TokenHash, expires_ms: u64) -> Answer<'_, ()> {
        self.write(move |db| session_rows::extend(db, token_hash, expires_ms))
    }

    fn end_session(&self, token_hash: TokenHash) -> Answer<'_, ()> {
        self.write(move |db| session_rows::end(db, token_hash))
    }

    fn vouch(&self, seen: DeviceSeen) -> Answer<'_, Vouching> {
        self.write(move |db| device_rows::vouch(db, &seen))
    }

    fn owns_device(&self, account: AccountId, replica: ReplicaId) -> Answer<'_, bool> {
        self.read(move |db| device_rows::is_owned(db, account, replica))
    }

    fn holder(&self, replica: ReplicaId) -> Answer<'_, Option<Holder>> {
        self.read(move |db| device_rows::holder(db, replica))
    }

    fn devices(&self, account: AccountId) -> Answer<'_, Vec<Device>> {
        self.read(move |db| device_rows::of_account(db, account))
    }

    fn remove_device(
        &self,
        account: AccountId,
        replica: ReplicaId,
        now_ms: u64,
    ) -> Answer<'_, bool> {
        self.write(move |db| device_rows::remove(db, account, replica, now_ms))
    }

    fn count_attempt(
        &self,
        subject: [u8; 32],
        limit: AttemptLimit,
        now_ms: u64,
    ) -> Answer<'_, Attempt> {
        self.write(move |db| attempt_rows::count(db, subject, limit, now_ms))
    }

    fn clear_attempts(&self, subject: [u8; 32]) -> Answer<'_, ()> {
        self.write(move |db| attempt_rows::clear(db, subject))
    }

    fn outside_writes(&self) -> Answer<'_, u64> {
        // Asked on the writing connection, whose own commits do not count.
        self.write(|db| {
            let version: i64 = db.pragma_query_value(None, "data_version", |row| row.get(0))?;
            Ok::<_, StoreError>(version.cast_unsigned())
        })
    }
}
