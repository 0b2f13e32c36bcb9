//! The simulated world catches products that are broken on purpose.

use std::collections::BTreeMap;
use std::sync::Mutex;

use talkoot_tests::world::many::first_to_catch;
use talkoot_tests::world::sabotage::Sabotage;

/// How far is looked for the first seed that catches one.
const SEEDS: u64 = 3_000;

#[test]
fn z5_every_sabotage_is_caught_and_the_seed_is_printed() {
    let caught = Mutex::new(BTreeMap::new());
    let next = Mutex::new(Sabotage::ALL.into_iter());
    let work = || {
        loop {
            let Some(sabotage) = next.lock().unwrap().next() else { return };
            let first = first_to_catch(sabotage, 0..SEEDS);
            caught.lock().unwrap().insert(sabotage, first);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let caught = caught.into_inner().unwrap();
    for (sabotage, first) in &caught {
        println!("{sabotage:?}: {first:?}");
    }
    let missed = caught.iter().filter(|(_, first)| first.is_none()).map(|(sabotage, _)| sabotage);
    assert_eq!(missed.collect::<Vec<_>>(), Vec::<&Sabotage>::new());
}
