//! The rules of the house, as functions from files to complaints.
//!
//! Each rule says what is wrong, where, and what to do instead, and each has a test
//! beside it that shows it complaining. `tests/tidy.rs` and `tests/spec.rs` put the
//! repository itself before them.

pub mod crates;
pub mod drawers;
pub mod form;
pub mod language;
pub mod licence;
pub mod rust_text;
pub mod source;
pub mod spec;
pub mod traces;
