//! The shared edge of Talkoot: it admits, appends and announces.
//!
//! Every rule is `talkoot-core`'s; this crate gives it a disk, a clock and a
//! network. The order of work never changes: judge, store for good, answer,
//! and only then tell others. It holds no words of texts and no rule of its own
//! about who may do what.

pub mod account;
pub mod api_error;
pub mod backup;
pub mod caller;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod command;
pub mod conversation;
pub mod data_folder;
pub mod data_seal;
pub mod demo;
pub mod digest;
pub mod durable;
pub mod etag;
pub mod feed;
pub mod give_back;
pub mod guesses;
pub mod held;
pub mod http;
pub mod hub;
pub mod mail;
pub mod moderating;
pub mod own_keys;
pub mod password;
pub mod public;
pub mod push;
pub mod reading;
pub mod record_json;
pub mod record_watch;
pub mod restore;
pub mod router;
pub mod services;
pub mod session;
pub mod settings;
pub mod store;
pub mod strangers;
pub mod telemetry;
pub mod transfer;
pub mod verify;
pub mod vouchers;
pub mod web;
pub mod writer;
pub mod yjs;
