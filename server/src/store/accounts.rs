//! The contract of people: accounts, sessions, devices and failed sign-ins.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::sign::PublicKey;
use talkoot_core::sync::message::Device;

use super::Answer;

/// The SHA-256 of a session token; the token itself is only in the browser.
pub type TokenHash = [u8; 32];

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub projects: BTreeSet<RecordId>,
    /// Grows whenever role or projects change.
    pub rights: u64,
}

impl Account {
    /// Gives what the access table asks for.
    pub fn caller(&self) -> Caller {
        Caller { account: Some(self.id), role: self.role, projects: self.projects.clone() }
    }
}

/// A person to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub id: AccountId,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub role: Role,
    pub projects: BTreeSet<RecordId>,
    /// In PHC form.
    pub password_hash: String,
    pub created_ms: u64,
}

/// What a sign-in is checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub account: AccountId,
    pub password_hash: String,
}

/// A session to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub token_hash: TokenHash,
    pub account: AccountId,
    pub now_ms: u64,
    pub expires_ms: u64,
}

/// A device that greets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceSeen {
    pub account: AccountId,
    pub key: PublicKey,
    pub name: String,
    pub seen_ms: u64,
    pub waiting: u32,
}

/// Who holds the key of a replica, and so may have made its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub key: PublicKey,
    pub account: AccountId,
}

/// Whether a device is the account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouching {
    Ours,
    /// The account's person removed it.
    Removed,
    /// It belongs to another account.
    Foreign,
}

/// How many failures of one subject a window takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptLimit {
    pub failures_max: u32,
    pub window_ms: u64,
}

/// Whether one more sign-in may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    Allowed,
    Wait { wait_ms: u64 },
}

/// Keeps people, their sessions and their devices.
///
/// The contract, which `contract.rs` tests: an e-mail names at most one account; changing a role
/// or projects raises `rights`; a new password ends every session; a removed device never comes
/// back; attempts are counted before they are tried, so trying at once does not help.
pub trait AccountStore: Send + Sync {
    /// Adds an account; false if the e-mail is taken.
    fn add_account(&self, account: NewAccount) -> Answer<'_, bool>;

    /// Lists all accounts, by name.
    fn accounts(&self) -> Answer<'_, Vec<Account>>;

    /// Gives what a sign-in with an e-mail (in lower case) is checked against.
    fn credentials(&self, email: String) -> Answer<'_, Option<Credentials>>;

    /// Changes the password and ends the account's sessions.
    fn set_password(&self, account: AccountId, password_hash: String) -> Answer<'_, ()>;

    /// Changes the role.
    fn set_role(&self, account: AccountId, role: Role) -> Answer<'_, ()>;

    /// Replaces the projects that the account belongs to.
    fn set_projects(&self, account: AccountId, projects: BTreeSet<RecordId>) -> Answer<'_, ()>;

    /// Opens a session and sweeps out those that have ended.
    fn open_session(&self, session: NewSession) -> Answer<'_, ()>;

    /// Gives the account of a running session.
    fn session(&self, token_hash: TokenHash, now_ms: u64) -> Answer<'_, Option<Account>>;

    /// Lets a running session last longer.
    fn extend_session(&self, token_hash: TokenHash, expires_ms: u64) -> Answer<'_, ()>;

    /// Ends a session.
    fn end_session(&self, token_hash: TokenHash) -> Answer<'_, ()>;

    /// Notes a greeting device, which becomes the account's unless it is another's.
    fn vouch(&self, seen: DeviceSeen) -> Answer<'_, Vouching>;

    /// Says whether a device is the account's now.
    fn owns_device(&self, account: AccountId, replica: ReplicaId) -> Answer<'_, bool>;

    /// Gives whose a replica is, unless it was removed or never met.
    fn holder(&self, replica: ReplicaId) -> Answer<'_, Option<Holder>>;

    /// Lists an account's devices, the latest seen first.
    fn devices(&self, account: AccountId) -> Answer<'_, Vec<Device>>;

    /// Removes a device for good; false if the account has no such device.
    fn remove_device(
        &self,
        account: AccountId,
        replica: ReplicaId,
        now_ms: u64,
    ) -> Answer<'_, bool>;

    /// Counts an attempt as failed, if one more is allowed.
    fn count_attempt(
        &self,
        subject: [u8; 32],
        limit: AttemptLimit,
        now_ms: u64,
    ) -> Answer<'_, Attempt>;

    /// Forgets the failures of a subject.
    fn clear_attempts(&self, subject: [u8; 32]) -> Answer<'_, ()>;

    /// Gives a number that changes whenever another program wrote to the database.
    fn outside_writes(&self) -> Answer<'_, u64>;
}
