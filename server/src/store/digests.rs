//! The contract of mail: who wants it, how often, and how far each was told.

use talkoot_core::id::AccountId;
use talkoot_core::language::Language;

use super::{Account, Answer};

/// How often mail may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Day,
    Week,
}

/// How far a log was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The random name of the log; a restored one has another.
    pub log: u64,
    pub until: u64,
}

/// What links into a mail are proved by. Both are random.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LinkKey {
    pub name: [u8; 16],
    pub secret: [u8; 32],
}

/// An account that chose to get mail, or did once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub account: AccountId,
    pub language: Language,
    /// None when it was ended.
    pub every: Option<Every>,
    pub key: LinkKey,
    /// The last day or week that is over: nothing more comes in it.
    pub period: u64,
    pub told: Told,
    /// What was written before this moment may have been told in a log that is gone.
    pub old_ms: u64,
    /// The period whose mail was begun, as long as nobody knows what became of it.
    pub sending: Option<u64>,
    /// Refusals since the last mail that was taken.
    pub failures: u32,
    /// Nothing is tried before this moment.
    pub retry_ms: u64,
}

/// A choice that a person makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestChoice {
    pub account: AccountId,
    pub language: Language,
    pub every: Option<Every>,
    /// For an account that had no row before.
    pub fresh: LinkKey,
    /// The period that runs now: the first mail comes in a later one.
    pub period: u64,
    /// What is there now is not news.
    pub told: Told,
}

/// What became of a mail, or why there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The period is over; `told` is given where what there was to tell was told.
    Over { period: u64, told: Option<Told> },
    /// The log is another one: what is there, and what was written up to now, is old.
    Restored { told: Told, now_ms: u64 },
    /// The mail was not taken: it is tried again, not before this moment.
    Refused { retry_ms: u64 },
}

/// Keeps who gets mail.
///
/// The contract: there is one row for each account; choosing another rhythm begins with the
/// period after the one that runs; a period is begun at most once, and not once it is over.
pub trait DigestStore: Send + Sync {
    /// Gives an account as it is now.
    fn account(&self, account: AccountId) -> Answer<'_, Option<Account>>;

    /// Gives what an account chose.
    fn digest(&self, account: AccountId) -> Answer<'_, Option<Subscription>>;

    /// Gives the row that a link names.
    fn digest_named(&self, name: [u8; 16]) -> Answer<'_, Option<Subscription>>;

    /// Lists those who want mail, by account.
    fn digests(&self) -> Answer<'_, Vec<Subscription>>;

    /// Notes a choice.
    fn choose_digest(&self, choice: DigestChoice) -> Answer<'_, ()>;

    /// Ends it for an account.
    fn end_digest(&self, account: AccountId) -> Answer<'_, ()>;

    /// Notes that the mail of a period is handed over next; false if that may not be.
    fn begin_digest(&self, account: AccountId, every: Every, period: u64) -> Answer<'_, bool>;

    /// Notes what became of it, unless the person chose another rhythm meanwhile.
    fn settle_digest(&self, account: AccountId, every: Every, settled: Settled) -> Answer<'_, ()>;
}

impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey")
    }
}
