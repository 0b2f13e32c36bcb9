//! Where the tab stands: starting, signed out, ready, or unable to store.

use crate::local::StoreError;

/// Where the tab stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Starting,
    /// Nobody is signed in; `last_email` fills the form.
    SignedOut {
        last_email: Option<String>,
    },
    Ready,
    Failed(LocalFault),
}

/// Why this device cannot store, each with something that the person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LocalFault {
    /// Another tab holds the storage: close the other tabs.
    Blocked,
    /// The storage belongs to a newer version of the program: load the page again.
    Newer,
    /// The browser gives no storage (a private window, a setting).
    Denied,
    /// The disk or the browser's share of it is full.
    Full,
    /// The browser could not do it and did not say why: try again.
    Failed,
    /// What is stored cannot be read. `exported` is the unsent work that could be saved from it.
    Damaged { exported: Option<String> },
}

impl From<StoreError> for LocalFault {
    fn from(cause: StoreError) -> Self {
        match cause {
            StoreError::Blocked => Self::Blocked,
            StoreError::Newer | StoreError::Closed => Self::Newer,
            StoreError::Denied => Self::Denied,
            StoreError::Full => Self::Full,
            StoreError::Failed => Self::Failed,
            StoreError::Damaged => Self::Damaged { exported: None },
        }
    }
}
