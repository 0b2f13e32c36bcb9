//! Talkoot in the browser: the edge that shows and stores, and decides nothing core could decide.
//!
//! Screens (`screens`, `ui`) read the workspace's signals and pass intents on;
//! everything that stores or sends lies below it (`local`, `sync`, `editor`).

mod account;
mod address;
mod app;
mod comments;
mod device;
mod digest;
mod editor;
mod i18n;
mod local;
mod offline;
mod record_session;
mod screens;
mod sync;
mod time_text;
mod ui;
mod workspace;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
