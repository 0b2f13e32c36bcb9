//! The server as others meet it: the real program, on a loopback port, over the wire.
//!
//! Nothing in here sleeps: every wait is for a message, a line or an exit, and
//! gives up with a failure after a while. The modules are marked `cfg(test)` so that clippy
//! judges helpers as what they are.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one message and passes over all others"
)]

#[cfg(test)]
mod access;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod carrying;
#[cfg(test)]
mod closed;
#[cfg(test)]
mod comments;
#[cfg(test)]
mod comparing;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod crawler;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod device;
#[cfg(test)]
mod digest;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod http;
#[cfg(test)]
mod lasting;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod process;
#[cfg(test)]
mod public_pages;
#[cfg(test)]
mod published;
#[cfg(test)]
mod records;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod sight;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod syncing;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod vouching;
#[cfg(test)]
mod yjs;
#[cfg(test)]
mod yjs_client;
