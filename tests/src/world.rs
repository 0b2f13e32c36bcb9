//! The simulated world: people, devices, a network, a server and its disk, from one seed.
//!
//! Devices drive the real machines, gate and fold of core; the server is the real one, its
//! conversations, writer and feed, over a simulated disk. Only what the edges own (disk, line,
//! clock, chance, people) is simulated here. Every run of a seed is the same run: one thing
//! happens at a time, and chance decides which. It ends with a healed network and the question
//! whether everybody holds the same bytes and nothing that was written is gone.

mod chance;
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "what only the judgement asks, which is native")
)]
pub(crate) mod device;
pub(crate) mod person;
pub mod sabotage;

// The real server needs a native machine; a trace for WebAssembly does without it.
#[cfg(not(target_arch = "wasm32"))]
pub mod fault;
#[cfg(not(target_arch = "wasm32"))]
mod heal;
#[cfg(not(target_arch = "wasm32"))]
mod judgement;
#[cfg(not(target_arch = "wasm32"))]
pub mod many;
#[cfg(not(target_arch = "wasm32"))]
mod network;
#[cfg(not(target_arch = "wasm32"))]
mod outcome;
#[cfg(not(target_arch = "wasm32"))]
mod server;
#[cfg(not(target_arch = "wasm32"))]
mod simulation;

pub use chance::Chance;
#[cfg(not(target_arch = "wasm32"))]
pub use outcome::{Outcome, Tally};
#[cfg(not(target_arch = "wasm32"))]
pub use simulation::World;
