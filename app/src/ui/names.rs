//! Finding names: of people, of records, of the projects one belongs to.

use std::collections::BTreeSet;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, RecordId, ReplicaId};

use crate::i18n::{Tongue, words};
use crate::workspace::{Shown, Workspace};

/// Letters of a device's name that tell it from others.
const DEVICE_LETTERS: usize = 5;

/// Says who did something: you, a name, or somebody whose name is not known here.
pub(crate) fn who(tongue: Tongue, workspace: Workspace, account: AccountId) -> String {
    if workspace.is_me(account) {
        tongue.say(words::choice::YOU).to_owned()
    } else {
        let name = workspace.name_of(account);
        name.unwrap_or_else(|| tongue.say(words::choice::SOMEBODY).to_owned())
    }
}

/// Says on which device somebody did something: this one, one of one's own by its name, another
/// one of theirs; only of somebody whose name is not known, by the letters that tell it from
/// others (rule P87).
pub(crate) fn device(
    tongue: Tongue,
    workspace: Workspace,
    account: AccountId,
    replica: ReplicaId,
) -> String {
    if workspace.is_this_device(replica) {
        return tongue.say(words::choice::HERE).to_owned();
    }
    let own = workspace.status.with(|status| {
        let mut devices = status.devices.iter();
        devices.find(|it| it.replica == replica).map(|it| it.name.clone())
    });
    let is_known = workspace.is_me(account) || workspace.name_of(account).is_some();
    match own {
        Some(name) => tongue.tell(&words::choice::device(name)),
        None if is_known => tongue.say(words::choice::OTHER_DEVICE).to_owned(),
        None => {
            let letters: String = replica.to_string().chars().take(DEVICE_LETTERS).collect();
            tongue.tell(&words::choice::device(letters))
        }
    }
}

impl Shown {
    /// Gives the title of a record that this device holds.
    pub(crate) fn title_of(self, record: RecordId) -> Option<String> {
        let title = self.summaries.with(|all| all.get(record).map(|it| it.title.clone()));
        title.filter(|title| !title.is_empty())
    }

    /// Gives a person's name, where it is known.
    pub(crate) fn name_of(self, account: AccountId) -> Option<String> {
        self.people.with(|people| people.get(&account).cloned())
    }

    /// Gives the projects the person belongs to; none without an account.
    pub(crate) fn my_projects(self) -> BTreeSet<RecordId> {
        self.me.with(|me| me.as_ref().map(|me| me.caller.projects.clone()).unwrap_or_default())
    }

    /// Says whether an account is the person at this device.
    pub(crate) fn is_me(self, account: AccountId) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.account == account))
    }
}
