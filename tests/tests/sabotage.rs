//! The simulated world catches products that are broken on purpose.
//!
//! The seeds that catch them are kept in `tests/seeds/sabotage.txt`; where one does not any more,
//! others are looked through. `cargo run --release -p talkoot-tests --example simulate sabotage`
//! prints the first seed that catches each.

use talkoot_tests::world::many::{catch_all, catches_of};

/// How far is looked where the seed that is kept no longer catches.
const SEEDS: u64 = 3_000;

#[test]
fn z5_every_product_that_is_broken_on_purpose_is_caught() {
    let known = catches_of(include_str!("../seeds/sabotage.txt"));
    let caught = catch_all(&known, &(0..SEEDS), |_, _| {});
    let missed = caught.iter().filter(|(_, caught)| caught.is_none());
    let missed: Vec<_> = missed.map(|(sabotage, _)| *sabotage).collect();
    assert_eq!(missed, [], "the world is too weak for these");
}
