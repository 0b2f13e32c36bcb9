//! The contract of mail, fulfilled by handing each question to the right thread.

use talkoot_core::id::AccountId;

use super::super::{Account, Answer, DigestChoice, DigestStore, Every, Settled, Subscription};
use super::{SqliteStore, digest_rows};

impl DigestStore for SqliteStore {
    fn account(&self, account: AccountId) -> Answer<'_, Option<Account>> {
        self.read(move |db| digest_rows::account(db, account))
    }

    fn digest(&self, account: AccountId) -> Answer<'_, Option<Subscription>> {
        self.read(move |db| digest_rows::of_account(db, account))
    }

    fn digest_named(&self, name: [u8; 16]) -> Answer<'_, Option<Subscription>> {
        self.read(move |db| digest_rows::named(db, name))
    }

    fn digests(&self) -> Answer<'_, Vec<Subscription>> {
        self.read(|db| digest_rows::all(db))
    }

    fn choose_digest(&self, choice: DigestChoice) -> Answer<'_, ()> {
        self.write(move |db| digest_rows::choose(db, &choice))
    }

    fn end_digest(&self, account: AccountId) -> Answer<'_, ()> {
        self.write(move |db| digest_rows::end(db, account))
    }

    fn begin_digest(&self, account: AccountId, every: Every, period: u64) -> Answer<'_, bool> {
        self.write(move |db| digest_rows::begin(db, account, every, period))
    }

    fn settle_digest(&self, account: AccountId, every: Every, settled: Settled) -> Answer<'_, ()> {
        self.write(move |db| digest_rows::settle(db, account, every, settled))
    }
}
