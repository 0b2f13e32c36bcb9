//! The screens, one a file. A screen shows what the workspace knows and passes intents on.

#![expect(
    unreachable_pub,
    reason = "a component is `pub` whatever it says, and owns what it is given"
)]

pub(crate) mod bin;
pub(crate) mod comments;
pub(crate) mod discussion;
pub(crate) mod discussions;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod door;
pub(crate) mod fault;
pub(crate) mod first_run;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod later;
pub(crate) mod margin;
pub(crate) mod not_found;
pub(crate) mod organisation;
pub(crate) mod practice;
pub(crate) mod practices;
pub(crate) mod programme;
pub(crate) mod project;
pub(crate) mod projects;
pub(crate) mod record_address;
pub(crate) mod record_page;
pub(crate) mod seldom;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod sync_centre;
pub(crate) mod talk;
pub(crate) mod written;
