//! People, sessions and devices of the simulated server. Their disk never fails: how the log
//! keeps its promises is what the world is about; every answer waits its turn all the same.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::Role;
use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use talkoot_core::sync::message::Device;
use talkoot_server::store::{
    Account, AccountStore, Answer, Attempt, AttemptLimit, Credentials, DeviceSeen, Holder,
    NewAccount, NewSession, TokenHash, Vouching,
};

use super::store::{SimStore, locked};

/// Everything that is known of people.
#[derive(Clone, Default)]
pub(crate) struct People {
    accounts: BTreeMap<AccountId, Account>,
    passwords: BTreeMap<AccountId, String>,
    sessions: BTreeMap<TokenHash, NewSession>,
    devices: BTreeMap<ReplicaId, Seen>,
    attempts: BTreeMap<[u8; 32], (u64, u32)>,
    /// Whether changed rights keep their number, as they never should.
    same_rights: bool,
}

#[derive(Clone)]
struct Seen {
    last: DeviceSeen,
    removed: bool,
}

impl People {
    /// Lists the accounts.
    pub(crate) fn accounts(&self) -> Vec<Account> {
        self.accounts.values().cloned().collect()
    }

    pub(crate) fn add(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    pub(crate) fn keep_rights_number(&mut self) {
        self.same_rights = true;
    }

    pub(crate) fn open_session(&mut self, session: NewSession) {
        self.sessions.retain(|_, other| other.expires_ms > session.now_ms);
        self.sessions.insert(session.token_hash, session);
    }

    /// Gives the account of a running session.
    pub(crate) fn session(&self, token: TokenHash, now_ms: u64) -> Option<Account> {
        let session = self.sessions.get(&token).filter(|it| it.expires_ms > now_ms)?;
        self.accounts.get(&session.account).cloned()
    }

    pub(crate) fn end_session(&mut self, token: TokenHash) {
        self.sessions.remove(&token);
    }

    pub(crate) fn change(&mut self, id: AccountId, change: impl FnOnce(&mut Account)) {
        let same = self.same_rights;
        if let Some(account) = self.accounts.get_mut(&id) {
            change(account);
            account.rights += u64::from(!same);
        }
    }

    /// Gives an account other rights, unless it has just these.
    pub(crate) fn give(&mut self, id: AccountId, rights: (Role, BTreeSet<RecordId>)) {
        let (role, projects) = rights;
        let has = self.accounts.get(&id).map(|it| (it.role, it.projects.clone()));
        if has != Some((role, projects.clone())) {
            self.change(id, |account| (account.role, account.projects) = (role, projects));
        }
    }

    pub(crate) fn remove_device(&mut self, account: AccountId, replica: ReplicaId) -> bool {
        let device = self.devices.get_mut(&replica).filter(|it| it.last.account == account);
        device.map(|device| device.removed = true).is_some()
    }

    /// Gives whose a device is, unless it was removed or never met.
    pub(crate) fn holder(&self, replica: ReplicaId) -> Option<Holder> {
        let device = self.devices.get(&replica).filter(|it| !it.removed)?;
        Some(Holder { key: device.last.key, account: device.last.account })
    }

    /// Says whether a device was removed.
    pub(crate) fn has_removed(&self, replica: ReplicaId) -> bool {
        self.devices.get(&replica).is_some_and(|device| device.removed)
    }

    fn vouch(&mut self, seen: DeviceSeen) -> Vouching {
        let replica = seen.key.replica();
        match self.devices.get_mut(&replica) {
            Some(known) if known.last.account != seen.account => Vouching::Foreign,
            Some(known) if known.removed => Vouching::Removed,
            Some(known) => {
                known.last = seen;
                Vouching::Ours
            }
            None => {
                self.devices.insert(replica, Seen { last: seen, removed: false });
                Vouching::Ours
            }
        }
    }

    fn devices(&self, account: AccountId) -> Vec<Device> {
        let own = self.devices.iter().filter(|(_, it)| it.last.account == account && !it.removed);
        let device = |(replica, seen): (&ReplicaId, &Seen)| Device {
            replica: *replica,
            name: seen.last.name.clone(),
            seen_ms: seen.last.seen_ms,
            waiting: seen.last.waiting,
        };
        own.map(device).collect()
    }

    fn count_attempt(&mut self, subject: [u8; 32], limit: AttemptLimit, now_ms: u64) -> Attempt {
        let (began_ms, failures) = self.attempts.entry(subject).or_insert((now_ms, 0));
        let ends_ms = began_ms.saturating_add(limit.window_ms);
        if now_ms >= ends_ms {
            (*began_ms, *failures) = (now_ms, 0);
        } else if *failures >= limit.failures_max {
            return Attempt::Wait { wait_ms: ends_ms - now_ms };
        }
        *failures += 1;
        Attempt::Allowed
    }
}

impl SimStore {
    /// Looks at people or changes them, as another program of the same machine would.
    pub(crate) fn people<T>(&self, work: impl FnOnce(&mut People) -> T) -> T {
        work(&mut locked(&self.people))
    }

    fn ask<'a, T: Send + 'a>(
        &'a self,
        work: impl FnOnce(&mut People) -> T + Send + 'a,
    ) -> Answer<'a, T> {
        Box::pin(async move {
            while self.door.pass("people").await.is_err() {}
            Ok(self.people(work))
        })
    }
}

impl AccountStore for SimStore {
    fn add_account(&self, account: NewAccount) -> Answer<'_, bool> {
        self.ask(move |people| {
            let NewAccount { id, email, name, role, projects, password_hash, .. } = account;
            if people.accounts.values().any(|other| other.email == email) {
                return false;
            }
            people.passwords.insert(id, password_hash);
            people.add(Account { id, email, name, role, projects, rights: 1 });
            true
        })
    }

    fn accounts(&self) -> Answer<'_, Vec<Account>> {
        self.ask(|people| people.accounts())
    }

    fn credentials(&self, email: String) -> Answer<'_, Option<Credentials>> {
        self.ask(move |people| {
            let account = people.accounts.values().find(|it| it.email == email)?.id;
            let password_hash = people.passwords.get(&account)?.clone();
            Some(Credentials { account, password_hash })
        })
    }

    fn set_password(&self, account: AccountId, password_hash: String) -> Answer<'_, ()> {
        self.ask(move |people| {
            people.passwords.insert(account, password_hash);
            people.sessions.retain(|_, session| session.account != account);
        })
    }

    fn set_role(&self, account: AccountId, role: Role) -> Answer<'_, ()> {
        self.ask(move |people| people.change(account, |it| it.role = role))
    }

    fn set_projects(&self, account: AccountId, projects: BTreeSet<RecordId>) -> Answer<'_, ()> {
        self.ask(move |people| people.change(account, |it| it.projects = projects))
    }

    fn open_session(&self, session: NewSession) -> Answer<'_, ()> {
        self.ask(move |people| people.open_session(session))
    }

    fn session(&self, token_hash: TokenHash, now_ms: u64) -> Answer<'_, Option<Account>> {
        self.ask(move |people| people.session(token_hash, now_ms))
    }

    fn extend_session(&self, token_hash: TokenHash, expires_ms: u64) -> Answer<'_, ()> {
        self.ask(move |people| {
            if let Some(session) = people.sessions.get_mut(&token_hash) {
                session.expires_ms = expires_ms;
            }
        })
    }

    fn end_session(&self, token_hash: TokenHash) -> Answer<'_, ()> {
        self.ask(move |people| people.end_session(token_hash))
    }

    fn vouch(&self, seen: DeviceSeen) -> Answer<'_, Vouching> {
        self.ask(move |people| people.vouch(seen))
    }

    fn owns_device(&self, account: AccountId, replica: ReplicaId) -> Answer<'_, bool> {
        self.ask(move |people| {
            let device = people.devices.get(&replica);
            device.is_some_and(|it| it.last.account == account && !it.removed)
        })
    }

    fn holder(&self, replica: ReplicaId) -> Answer<'_, Option<Holder>> {
        self.ask(move |people| people.holder(replica))
    }

    fn devices(&self, account: AccountId) -> Answer<'_, Vec<Device>> {
        self.ask(move |people| people.devices(account))
    }

    fn remove_device(
        &self,
        account: AccountId,
        replica: ReplicaId,
        _now_ms: u64,
    ) -> Answer<'_, bool> {
        self.ask(move |people| people.remove_device(account, replica))
    }

    fn count_attempt(
        &self,
        subject: [u8; 32],
        limit: AttemptLimit,
        now_ms: u64,
    ) -> Answer<'_, Attempt> {
        self.ask(move |people| people.count_attempt(subject, limit, now_ms))
    }

    fn clear_attempts(&self, subject: [u8; 32]) -> Answer<'_, ()> {
        self.ask(move |people| {
            people.attempts.remove(&subject);
        })
    }

    fn outside_writes(&self) -> Answer<'_, u64> {
        self.ask(|_| 0)
    }
}
