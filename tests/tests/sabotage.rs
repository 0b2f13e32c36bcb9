//! The simulated world catches products that are broken on purpose.
//!
//! The seeds that catch them are kept in `tests/seeds/sabotage.txt`; after a change of the world
//! `cargo run --release -p talkoot-tests --example simulate sabotage` looks for the first that
//! catches each.

use talkoot_tests::world::many::{catch_all, catches_of};
use talkoot_tests::world::sabotage::Sabotage;

/// What no seed is known to catch: here the world is too weak.
const SLIPPING: [Sabotage; 4] = [
    Sabotage::ConcealApart,
    Sabotage::WriteIntoParts,
    Sabotage::ForgetStored,
    Sabotage::ForgetOwed,
];

#[test]
fn z5_every_broken_product_with_a_kept_seed_is_caught_by_it() {
    let known = catches_of(include_str!("../seeds/sabotage.txt"));
    assert_eq!(known.len() + SLIPPING.len(), Sabotage::ALL.len());
    let caught = catch_all(&known, &(0..0), |_, _| {});
    let missed = caught.iter().filter(|(_, caught)| caught.is_none());
    let mut missed: Vec<_> = missed.map(|(sabotage, _)| *sabotage).collect();
    missed.sort();
    let mut slipping = SLIPPING;
    slipping.sort();
    assert_eq!(missed, slipping, "a kept seed no longer catches what it caught");
}
