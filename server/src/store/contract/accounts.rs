//! What every store promises about people.

use std::collections::BTreeSet;

use talkoot_core::access::Role;
use talkoot_core::id::{AccountId, RecordId};

use super::Subject;
use crate::store::sample::Maker;
use crate::store::{
    AccountStore as _, Attempt, AttemptLimit, DeviceSeen, Holder, NewAccount, NewSession, Vouching,
};

const TOKEN: [u8; 32] = [8; 32];

/// A reader whose id and e-mail follow from a number.
pub(super) fn sample_account(number: u8) -> NewAccount {
    NewAccount {
        id: AccountId([number; 16]),
        email: format!("person{number}@talkoot.example"),
        name: format!("Person {number}"),
        role: Role::Reader,
        projects: BTreeSet::new(),
        password_hash: "hash".to_owned(),
        created_ms: 1,
    }
}

async fn open_session(store: &Subject, expires_ms: u64) {
    let account = AccountId([1; 16]);
    let session = NewSession { token_hash: TOKEN, account, now_ms: 0, expires_ms };
    store.open_session(session).await.unwrap();
}

pub(super) async fn u3_an_email_names_one_account(store: &Subject) {
    assert_eq!(store.add_account(sample_account(1)).await, Ok(true));
    let same = NewAccount { id: AccountId([9; 16]), ..sample_account(1) };
    assert_eq!(store.add_account(same).await, Ok(false));
    let found = store.credentials("person1@talkoot.example".to_owned()).await.unwrap();
    assert_eq!(found.map(|it| it.account), Some(AccountId([1; 16])));
    assert_eq!(store.credentials("nobody@talkoot.example".to_owned()).await, Ok(None));
    assert_eq!(store.accounts().await.unwrap().len(), 1);
}

pub(super) async fn u3_new_rights_raise_their_number(store: &Subject) {
    store.add_account(sample_account(1)).await.unwrap();
    let account = AccountId([1; 16]);
    let projects = BTreeSet::from([RecordId([3; 16]), RecordId([4; 16])]);
    store.set_role(account, Role::Member).await.unwrap();
    store.set_projects(account, projects.clone()).await.unwrap();
    let found = store.accounts().await.unwrap().remove(0);
    assert_eq!((found.role, found.projects, found.rights), (Role::Member, projects, 3));
    store.set_projects(account, BTreeSet::new()).await.unwrap();
    let found = store.accounts().await.unwrap().remove(0);
    assert_eq!((found.projects, found.rights), (BTreeSet::new(), 4));
}

pub(super) async fn u3_a_session_lasts_until_it_ends_and_can_be_extended(store: &Subject) {
    store.add_account(sample_account(1)).await.unwrap();
    open_session(store, 100).await;
    let at = async |now_ms| store.session(TOKEN, now_ms).await.unwrap().map(|it| it.id);
    assert_eq!(at(99).await, Some(AccountId([1; 16])));
    assert_eq!(at(100).await, None);
    store.extend_session(TOKEN, 200).await.unwrap();
    assert_eq!(at(199).await, Some(AccountId([1; 16])));
    store.extend_session(TOKEN, 150).await.unwrap();
    assert_eq!(at(199).await, Some(AccountId([1; 16])), "it never gets shorter");
    store.end_session(TOKEN).await.unwrap();
    assert_eq!(at(0).await, None);
}

pub(super) async fn u3_a_new_password_ends_every_session(store: &Subject) {
    store.add_account(sample_account(1)).await.unwrap();
    open_session(store, 100).await;
    store.set_password(AccountId([1; 16]), "other".to_owned()).await.unwrap();
    assert_eq!(store.session(TOKEN, 0).await, Ok(None));
    let found = store.credentials("person1@talkoot.example".to_owned()).await.unwrap();
    assert_eq!(found.map(|it| it.password_hash), Some("other".to_owned()));
}

pub(super) async fn u4_a_device_belongs_to_one_account_and_never_comes_back(store: &Subject) {
    store.add_account(sample_account(1)).await.unwrap();
    store.add_account(sample_account(2)).await.unwrap();
    let key = Maker::new(1).author.key.public();
    let seen = |number: u8, name: &str| DeviceSeen {
        account: AccountId([number; 16]),
        key,
        name: name.to_owned(),
        seen_ms: 5,
        waiting: 2,
    };
    let account = AccountId([1; 16]);
    assert_eq!(store.vouch(seen(1, "Laptop")).await, Ok(Vouching::Ours));
    assert_eq!(store.vouch(seen(2, "Thief")).await, Ok(Vouching::Foreign));
    assert_eq!(store.vouch(seen(1, "Old laptop")).await, Ok(Vouching::Ours));
    let devices = store.devices(account).await.unwrap();
    let names: Vec<_> = devices.iter().map(|it| (it.name.as_str(), it.waiting)).collect();
    assert_eq!(names, [("Old laptop", 2)]);
    assert_eq!(store.owns_device(account, key.replica()).await, Ok(true));
    assert_eq!(store.remove_device(AccountId([2; 16]), key.replica(), 6).await, Ok(false));
    let holder = Some(Holder { key, account });
    assert_eq!(store.holder(key.replica()).await, Ok(holder));
    assert_eq!(store.remove_device(account, key.replica(), 6).await, Ok(true));
    assert_eq!(store.holder(key.replica()).await, Ok(None));
    assert_eq!(store.vouch(seen(1, "Old laptop")).await, Ok(Vouching::Removed));
    assert_eq!(store.owns_device(account, key.replica()).await, Ok(false));
    assert_eq!(store.devices(account).await, Ok(vec![]));
}

pub(super) async fn u5_attempts_are_counted_before_they_are_tried(store: &Subject) {
    let limit = AttemptLimit { failures_max: 2, window_ms: 1_000 };
    let at = async |now_ms| store.count_attempt([1; 32], limit, now_ms).await.unwrap();
    assert_eq!(at(10).await, Attempt::Allowed);
    assert_eq!(at(20).await, Attempt::Allowed);
    assert_eq!(at(30).await, Attempt::Wait { wait_ms: 980 });
    assert_eq!(store.count_attempt([2; 32], limit, 30).await, Ok(Attempt::Allowed));
    assert_eq!(at(1_010).await, Attempt::Allowed, "the window has passed");
    store.clear_attempts([1; 32]).await.unwrap();
    assert_eq!((at(1_020).await, at(1_030).await), (Attempt::Allowed, Attempt::Allowed));
}
