//! What core does with bytes of strangers, as one function for each way in.
//!
//! A body takes any bytes and ends, or panics because a promise was broken.
//! The same bodies are run by libFuzzer (`fuzz_targets/`, guided by coverage)
//! and by the test command (`core/tests/fuzz.rs`: the kept corpus, the seeds
//! and seeded twists of both), so this crate is written with core's public
//! interface and nothing else.

pub mod apply;
pub mod chance;
pub mod change;
pub mod markdown;
pub mod message;
pub mod prescan;
pub mod script;
pub mod seeds;
pub mod snapshot;
pub mod transfer;
pub mod wire;

/// One way in for bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of its binary and of its folder in `corpus/`.
    pub name: &'static str,
    /// Takes any bytes; panics where a promise is broken.
    pub run: fn(&[u8]),
    /// Inputs that reach far, made by core itself.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every way in; state vectors and awareness go with `prescan`.
pub const TARGETS: [Target; 7] = [
    Target { name: "prescan", run: prescan::run, seeds: seeds::updates },
    Target { name: "change", run: change::run, seeds: seeds::changes },
    Target { name: "message", run: message::run, seeds: seeds::messages },
    Target { name: "snapshot", run: snapshot::run, seeds: seeds::snapshots },
    Target { name: "transfer", run: transfer::run, seeds: transfer::seeds },
    Target { name: "apply", run: apply::run, seeds: seeds::scripts },
    Target { name: "markdown", run: markdown::run, seeds: seeds::sources },
];
