//! Rich text: one Yjs document for each record, one XML fragment for each field.
//!
//! The bytes come from people's browsers, so nothing reaches yrs before
//! [`prescan`] has walked it and [`ledger`] has checked it against what the
//! document holds. Readers never see yrs: they get a plain tree ([`Block`]),
//! and Markdown, HTML and plain text are made from that.
//!
//! Deliberately absent: the wire protocols (they belong to [`crate::sync`] and
//! [`crate::yjs`]), and rebuilding a document from its text (only a new epoch may do that).

pub mod agreed;
mod align;
pub mod anchor;
pub mod compared;
pub mod document;
pub mod edit;
mod fragment;
pub mod html;
pub mod ledger;
pub mod link;
pub mod markdown;
pub mod merge;
pub mod node;
pub mod outline;
pub mod passage;
pub mod plain;
pub mod prescan;
pub mod relayed;
mod rewrite;
pub mod schema;
pub mod seed;
mod shape;

pub use document::{TextDocument, TextError};
pub use merge::merge_updates;
pub use node::{Block, Cell, CheckItem, Inline, Marks};
pub use outline::{Heading, headings};
pub use prescan::{ClockRange, Policy, ScanError, UpdateFacts, scan_update};
pub use relayed::RelayedText;
pub use schema::TEXT_SCHEMA_VERSION;
pub use seed::seed_update;
