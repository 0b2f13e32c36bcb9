//! One inbox for every place that shows it: the page, and the count beside each way there.
//!
//! It is read anew with every summary that changes, so it is read once, by whoever asks first.
//! Only this file is reached by the first part of the program; what reads comes with the part
//! about discussions.

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::marking::Ahead;
use super::{Inbox, follow};

/// What those places share while one person is here.
#[derive(Clone)]
struct Shared {
    inbox: StoredValue<Option<Inbox>>,
    ahead: Ahead,
    /// Whoever shares it: it lives as long as the person is here, not as the page that asked.
    owner: Option<WeakOwner>,
}

/// Lets every component below share one inbox.
pub(crate) fn provide_inbox() {
    provide_context(Shared {
        inbox: StoredValue::new(None),
        ahead: RwSignal::new(Vec::new()),
        owner: Owner::current().map(|owner| owner.downgrade()),
    });
}

/// Gives the inbox, followed from the first time that somebody asks.
pub(super) fn use_inbox() -> Inbox {
    let Shared { inbox, ahead, owner } = expect_context();
    inbox.get_value().unwrap_or_else(|| {
        let owner = owner.and_then(|owner| owner.upgrade());
        let followed = owner.map_or_else(|| follow(ahead), |owner| owner.with(|| follow(ahead)));
        inbox.set_value(Some(followed));
        followed
    })
}
