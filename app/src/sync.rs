//! Talking: with the server (one tab does), and with the other tabs of this account.
//!
//! What to say is decided by [`talkoot_core::sync::client`]; here are only the
//! line, the timer and the lock.

mod connection;
mod driver;
mod effect;
mod http;
mod leader;
mod queue;
mod socket;
mod tabs;
mod word;

pub(crate) use driver::Driver;
pub(crate) use leader::Lease;
pub(crate) use tabs::Tabs;
pub(crate) use word::{LineWord, Word};

use std::rc::Rc;

use talkoot_core::sync::message::{Holding, Presence};

/// What a line to the server reports.
#[derive(Clone, Debug)]
pub(crate) enum News {
    Opened,
    Said(talkoot_core::sync::message::ServerMessage),
    Closed { code: Option<u16> },
}

/// The line to the server, as the rest of the tab sees it.
pub(crate) trait ServerLine {
    /// Tries the line at once.
    fn try_now(self: Rc<Self>);
    /// Tries the line at once, if nothing is under way.
    fn page_shown(self: Rc<Self>);
    /// Tries a line that was held for signing in.
    fn signed_in(self: Rc<Self>);
    /// Says that something waits in the outbox.
    fn outbox_grew(self: Rc<Self>);
    /// Says that a file brought what the server may lack.
    fn owes_more(self: Rc<Self>);
    /// Says where the person is in a text.
    fn here(self: Rc<Self>, presence: Presence);
    /// Says what this device holds of a record, to be compared with the server's.
    fn looked(self: Rc<Self>, holding: Holding);
    /// Ends the line for good.
    fn stop(&self);
}

/// Hears what a line reports.
pub(crate) type Hear = Rc<dyn Fn(News)>;

/// Gives an address of the server, naming the account that this device expects to be.
pub(crate) fn address(path: &str, account: Option<talkoot_core::id::AccountId>) -> String {
    account.map_or_else(|| path.to_owned(), |account| format!("{path}?as={account}"))
}

/// Gives the address of the socket; not every browser takes one without the host.
fn socket_address(account: Option<talkoot_core::id::AccountId>) -> Option<String> {
    let place = web_sys::window()?.location();
    let scheme = if place.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{}", place.host().ok()?, address("/api/socket", account)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::AccountId;

    #[test]
    fn l13_a_line_names_the_account_that_this_device_expects_to_be() {
        let account = AccountId([1; 16]);
        assert_eq!(address("/api/sync", Some(account)), format!("/api/sync?as={account}"));
        assert_eq!(address("/api/sync", None), "/api/sync");
    }
}
