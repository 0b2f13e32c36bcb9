//! Finding names: of people, of records, of the projects one belongs to.

use std::collections::BTreeSet;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, RecordId};

use crate::workspace::Shown;

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
