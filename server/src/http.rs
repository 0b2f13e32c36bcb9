//! The routes of the interface, one a file. A handler reads, asks, and answers.

pub mod client_address;
pub mod comments;
pub mod description;
pub mod devices;
pub mod digest;
mod farewell;
pub mod health;
pub mod origin;
pub mod records;
pub mod session;
pub mod socket;
pub mod sync;
pub mod yjs;
