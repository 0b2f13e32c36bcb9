//! Transfer files: packing a part of the workspace, and taking in what a file brought.
//!
//! No server is asked. What a file holds is judged by core ([`talkoot_core::transfer`]); a file
//! that is refused changes nothing, and one that is taken in twice is the same as once.

mod packing;
mod part;
mod report;
mod stretching;
mod unpacking;

pub(crate) use packing::Scope;
pub(crate) use report::{Brought, ImportFault};

use std::fmt::Write as _;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::id::{AccountId, RecordId, ReplicaId};

use super::{ActError, Desk, Workspace};
use crate::device;
use crate::local::StoreError;
use crate::sync::Word;

impl Workspace {
    /// Hands the person a transfer file; says whether there was anything to pack.
    pub(crate) async fn export_transfer(
        self,
        scope: Scope,
        passphrase: Option<String>,
    ) -> Result<bool, ActError> {
        part::fetch().await?.export(self.desk(), scope, passphrase).await
    }

    /// Takes a transfer file in; says what it brought.
    pub(crate) async fn import_transfer(
        self,
        bytes: Vec<u8>,
        passphrase: Option<String>,
    ) -> Result<Brought, ImportFault> {
        part::fetch().await?.import(self.desk(), bytes, passphrase).await
    }

    /// Believes a device that says to be an account's, and takes in what of it waits.
    pub(crate) async fn approve_maker(
        self,
        replica: ReplicaId,
        account: AccountId,
    ) -> Result<Brought, ImportFault> {
        part::fetch().await?.approve(self.desk(), replica, account).await
    }

    /// Gives the hash of records as they are folded here, in hex.
    pub(crate) async fn fingerprints(
        self,
        records: &[RecordId],
    ) -> Result<Vec<(RecordId, String)>, ActError> {
        let desk = self.desk();
        desk.flush_typing().await;
        let held = desk.held.borrow().clone();
        let loaded = desk.local()?.load(records, &held).await?;
        device::breathe().await;
        Ok(loaded.iter().map(|it| (it.open.record.id, hex(it.open.digest()))).collect())
    }

    /// Throws away what waits of a device.
    pub(crate) async fn turn_down_maker(
        self,
        replica: ReplicaId,
        account: AccountId,
    ) -> Result<(), ActError> {
        let desk = self.desk();
        desk.local()?.turn_down(replica, account).await?;
        desk.show_shelf().await?;
        Ok(())
    }
}

fn hex(bytes: [u8; 32]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

impl Desk {
    /// Looks again at what waits for approval: the server may have brought it, or its proof.
    pub(crate) async fn sort_shelf_again(self: &Rc<Self>) {
        if self.shown.status.with_untracked(|status| !status.unverified.is_empty())
            && let Ok(part) = part::fetch().await
        {
            // What the disk does not take now is looked at after the next page.
            part.sort_again(Rc::clone(self)).await.ok();
        }
    }

    /// Shows what waits for approval, in every tab.
    async fn show_shelf(&self) -> Result<(), StoreError> {
        self.hear_shelf().await?;
        self.tell_tabs(&Word::ShelfChanged);
        Ok(())
    }

    /// Shows what waits for approval, as it is stored.
    pub(super) async fn hear_shelf(&self) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let waiting = local.shelf().await?.waiting();
        if self.shown.status.with_untracked(|status| status.unverified != waiting) {
            self.shown.status.update(|status| status.unverified = waiting);
        }
        Ok(())
    }
}
