//! The simulated world catches products that are broken on purpose.
//!
//! The seeds that catch them are kept in `tests/seeds/sabotage.txt`; after a change of the world
//! `cargo run --release -p talkoot-tests --example simulate sabotage` looks for the first that
//! catches each.

use talkoot_tests::world::many::{catch_all, catches_of};
use talkoot_tests::world::sabotage::Sabotage;

#[test]
fn z5_every_broken_product_is_caught_by_the_seed_that_is_kept_for_it() {
    let known = catches_of(include_str!("../seeds/sabotage.txt"));
    assert_eq!(known.len(), Sabotage::ALL.len());
    let caught = catch_all(&Sabotage::ALL, &known, &(0..0), |_, _| {});
    let missed = caught.iter().filter(|(_, caught)| caught.is_none());
    let missed: Vec<Sabotage> = missed.map(|(sabotage, _)| *sabotage).collect();
    assert_eq!(missed, [], "a kept seed no longer catches what it caught");
}
