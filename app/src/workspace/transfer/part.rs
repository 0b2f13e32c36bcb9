//! The door to the part of the program that packs and takes in transfer files.
//!
//! Sorting, packing and locking weigh as much as a screen each, and most people carry a file
//! seldom. So they are a part of their own, fetched with the rest and kept by the service worker.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use std::rc::Rc;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::{AccountId, ReplicaId};

use super::report::{Brought, ImportFault};
use super::{Scope, packing, unpacking};
use crate::workspace::hands::Work;
use crate::workspace::{ActError, Desk, WriteFault};

/// What that part can do.
pub(super) trait Carrying {
    /// Packs a file and hands it to the person; says whether there was anything to pack.
    fn export(
        &self,
        desk: Rc<Desk>,
        scope: Scope,
        passphrase: Option<String>,
    ) -> Work<Result<bool, ActError>>;
    /// Takes a file in.
    fn import(
        &self,
        desk: Rc<Desk>,
        bytes: Vec<u8>,
        passphrase: Option<String>,
    ) -> Work<Result<Brought, ImportFault>>;
    /// Believes a device and takes in what of it waits.
    fn approve(
        &self,
        desk: Rc<Desk>,
        replica: ReplicaId,
        account: AccountId,
    ) -> Work<Result<Brought, ImportFault>>;
    /// Sorts again what waits.
    fn sort_again(&self, desk: Rc<Desk>) -> Work<Result<Brought, ImportFault>>;
}

struct Own;

impl Carrying for Own {
    fn export(
        &self,
        desk: Rc<Desk>,
        scope: Scope,
        passphrase: Option<String>,
    ) -> Work<Result<bool, ActError>> {
        Box::pin(async move { packing::export(&desk, scope, passphrase).await })
    }

    fn import(
        &self,
        desk: Rc<Desk>,
        bytes: Vec<u8>,
        passphrase: Option<String>,
    ) -> Work<Result<Brought, ImportFault>> {
        Box::pin(async move { unpacking::import(&desk, bytes, passphrase).await })
    }

    fn approve(
        &self,
        desk: Rc<Desk>,
        replica: ReplicaId,
        account: AccountId,
    ) -> Work<Result<Brought, ImportFault>> {
        Box::pin(async move { unpacking::approve(&desk, replica, account).await })
    }

    fn sort_again(&self, desk: Rc<Desk>) -> Work<Result<Brought, ImportFault>> {
        Box::pin(async move { unpacking::sort_again(&desk).await })
    }
}

#[wasm_split(seldom, wasm_split_path = ::leptos::wasm_split, fallible)]
fn own() -> Result<Rc<dyn Carrying>, SplitLoaderError> {
    Ok(Rc::new(Own))
}

/// Fetches that part; it fails where it is neither kept on the device nor in reach.
pub(super) async fn fetch() -> Result<Rc<dyn Carrying>, WriteFault> {
    own().await.map_err(|_| WriteFault::NotReady)
}
