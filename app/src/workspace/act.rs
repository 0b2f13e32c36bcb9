//! What an action can answer besides success, and the small actions.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Desk, LocalFault, WriteFault};
use crate::account::{self, AccountError};
use crate::local::StoreError;
use crate::{local, offline};
use talkoot_core::id::ReplicaId;

/// Why something that a person asked for was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ActError {
    /// The workspace has not started yet, or nobody has come in.
    NotReady,
    NoNetwork,
    WrongCredentials,
    TooManyAttempts {
        retry_after_s: Option<u64>,
    },
    /// The session has ended: sign in again.
    SignedOut,
    /// The server could not do it.
    Server {
        status: u16,
    },
    /// The rules do not allow it; the stable code says which.
    Refused {
        code: &'static str,
    },
    /// Only a part of the thing has come to this device so far.
    StillComing,
    /// This device could not store it.
    Local(LocalFault),
    /// No new version waits.
    NoUpdate,
    /// There is nothing to do it with any more.
    Gone,
    /// It has changed since the person looked at it.
    Moved,
}

impl From<WriteFault> for ActError {
    fn from(cause: WriteFault) -> Self {
        match cause {
            WriteFault::NotReady => Self::NotReady,
            WriteFault::StillComing => Self::StillComing,
            WriteFault::Refused { code } => Self::Refused { code },
            WriteFault::Store(cause) => cause.into(),
        }
    }
}

impl From<StoreError> for ActError {
    fn from(cause: StoreError) -> Self {
        Self::Local(cause.into())
    }
}

impl From<AccountError> for ActError {
    fn from(cause: AccountError) -> Self {
        match cause {
            AccountError::NoNetwork => Self::NoNetwork,
            AccountError::WrongCredentials => Self::WrongCredentials,
            AccountError::TooManyAttempts { retry_after_s } => {
                Self::TooManyAttempts { retry_after_s }
            }
            AccountError::SignedOut => Self::SignedOut,
            AccountError::Server { status } => Self::Server { status },
        }
    }
}

/// Removes a device of the account.
pub(super) async fn remove_device(desk: &Rc<Desk>, replica: ReplicaId) -> Result<(), ActError> {
    account::remove_device(replica).await?;
    desk.shown.status.update(|status| status.devices.retain(|device| device.replica != replica));
    Ok(())
}

/// Writes down what is being typed, then changes to the version that waits.
pub(super) async fn apply_update(desk: &Rc<Desk>) -> Result<(), ActError> {
    desk.flush_typing().await;
    if offline::update().await { Ok(()) } else { Err(ActError::NoUpdate) }
}

/// Asks the browser to keep what is stored.
pub(super) async fn ask_persistent_storage(desk: &Rc<Desk>) -> bool {
    let kept = local::ask_persistence().await;
    desk.measure_storage().await;
    kept
}

impl Desk {
    /// Shows how much storage is used.
    pub(crate) async fn measure_storage(&self) {
        let storage = local::storage().await;
        self.shown.status.update(|status| status.storage = storage);
    }
}
