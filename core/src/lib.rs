//! The engine of Talkoot: everything that decides, nothing that acts.
//!
//! The truth is a set of immutable, signed changes ([`change`], [`sign`]).
//! Everything a person sees is a fold of that set ([`record`], [`text`]), and
//! the fold does not care about order. [`access`] is the only gate; [`choice`]
//! turns two unknowing decisions into a question; [`sync`] is the conversation
//! between devices and the server.
//!
//! This crate is pure: no clock, no chance, no input or output, no async. The
//! same code runs in the browser (WebAssembly) and on the server.

pub mod access;
pub mod address;
pub mod adopt;
pub mod audience;
pub mod author;
pub mod blank;
pub mod change;
pub mod choice;
pub mod codec;
pub mod comment;
pub mod frontier;
pub mod history;
pub mod id;
pub mod inbox;
pub mod language;
pub mod limits;
pub mod moment;
pub mod notebook;
pub mod open_record;
pub mod practice;
pub mod published;
pub mod record;
pub mod record_page;
pub mod register;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod sign;
pub mod stamp;
pub mod summary;
pub mod sync;
pub mod text;
pub mod thread;
pub mod transfer;
pub mod value;
pub mod yjs;
