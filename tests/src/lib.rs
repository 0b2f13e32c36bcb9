//! What the tests of the whole project stand on.
//!
//! `cost` measures for the benchmarks; `house` reads this repository itself, for the rules of
//! the house. Tests that need one crate only live in that crate.

pub mod cost;
pub mod house;
pub mod many;
pub mod trace;
pub mod world;
