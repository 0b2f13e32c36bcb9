//! A long record that comes into sight: page by page, and nothing else is read again for it.

use talkoot_core::limits::MESSAGE_CHANGES_MAX;

use super::tests::{Follower, World, caller, deed};
use super::*;
use talkoot_core::access::Role;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::Entry;

const LONG: RecordId = RecordId([1; 16]);
const OPEN: RecordId = RecordId([2; 16]);
/// More than two pages.
const CHANGES: usize = 2 * MESSAGE_CHANGES_MAX + 100;

/// Somebody who has read an open record, and a long one that he does not see yet.
async fn a_long_draft() -> (World, Caller, Follower) {
    let mut world = World::new();
    world.write(OPEN, vec![Op::Create { kind: Kind::Document }]).await;
    let publish = deed(&world, 0);
    world.write(OPEN, publish).await;
    world.write(LONG, vec![Op::Create { kind: Kind::Document }]).await;
    for _ in 1..CHANGES {
        let edit = deed(&world, 6);
        world.write(LONG, edit).await;
    }
    let (anyone, mut follower) = (caller(Role::Anyone, &[]), Follower::default());
    follower.catch_up(&world, &anyone, 0).await;
    assert_eq!(follower.held.keys().collect::<Vec<_>>(), [&OPEN]);
    (world, anyone, follower)
}

async fn publish(world: &mut World, published: u8) {
    let ops = deed(world, 1 - published);
    world.write(LONG, ops).await;
}

#[tokio::test]
async fn n41_a_long_record_comes_into_sight_page_by_page_and_nothing_is_read_again() {
    let (mut world, anyone, mut follower) = a_long_draft().await;
    publish(&mut world, 1).await;
    let (mut pages, mut brought) = (0, 0);
    loop {
        let page = world.page(&anyone, 0, follower.cursor).await;
        assert!(!page.from_start, "page {pages} begins anew");
        assert!(page.entries.len() <= MESSAGE_CHANGES_MAX, "{} at once", page.entries.len());
        let of_long =
            |entry: &Entry| matches!(entry, Entry::Change { record, .. } if *record == LONG);
        assert!(page.entries.iter().all(of_long), "something else is read again");
        // The line breaks and the page is asked for again, by the same cursor.
        assert_eq!(world.page(&anyone, 0, follower.cursor).await, page);
        assert_eq!(page.after, follower.cursor.sequence, "a page that is lost is noticed");
        assert!(page.cursor.sequence > page.after);
        (pages, brought) = (pages + 1, brought + page.entries.len());
        if !follower.take(page) {
            break;
        }
    }
    // The change that published it comes by itself, and once more with the rest.
    assert_eq!((pages, brought), (3, CHANGES + 2));
    assert!(follower.held == world.in_sight(&anyone).await);
}

#[tokio::test]
async fn n41_what_is_written_or_taken_back_meanwhile_counts() {
    let (mut world, anyone, mut follower) = a_long_draft().await;
    publish(&mut world, 1).await;
    assert!(follower.take(world.page(&anyone, 0, follower.cursor).await));
    let edit = deed(&world, 6);
    world.write(LONG, edit).await;
    let mut other =
        Follower { cursor: follower.cursor, held: follower.held.clone(), brought: None };
    other.catch_up(&world, &anyone, 0).await;
    assert!(other.held == world.in_sight(&anyone).await, "what was written comes as well");
    publish(&mut world, 0).await;
    follower.catch_up(&world, &anyone, 0).await;
    assert_eq!(follower.held.keys().collect::<Vec<_>>(), [&OPEN], "it is out of sight again");
    publish(&mut world, 1).await;
    follower.catch_up(&world, &anyone, 0).await;
    assert!(follower.held == world.in_sight(&anyone).await);
}

#[tokio::test]
async fn n41_a_short_record_is_not_cut_where_the_next_page_holds_all_of_it() {
    const SHORT: RecordId = RecordId([3; 16]);
    let (mut world, anyone, mut follower) = a_long_draft().await;
    world.write(SHORT, vec![Op::Create { kind: Kind::Document }]).await;
    follower.catch_up(&world, &anyone, 0).await;
    for _ in 0..20 {
        let edit = deed(&world, 6);
        world.write(SHORT, edit).await;
    }
    follower.catch_up(&world, &anyone, 0).await;
    for _ in 0..MESSAGE_CHANGES_MAX - 10 {
        let edit = deed(&world, 6);
        world.write(OPEN, edit).await;
    }
    let ops = deed(&world, 0);
    world.write(SHORT, ops).await;
    let first = world.page(&anyone, 0, follower.cursor).await;
    assert_eq!((first.entries.len(), first.more), (MESSAGE_CHANGES_MAX - 9, true));
    let second = world.page(&anyone, 0, first.cursor).await;
    assert!((21..=22).contains(&second.entries.len()) && !second.more);
    follower.catch_up(&world, &anyone, 0).await;
    assert!(follower.held == world.in_sight(&anyone).await);
}

#[tokio::test]
async fn n41_a_place_that_somebody_makes_up_costs_a_page_and_brings_nobody_else_anything() {
    let (mut world, anyone, follower) = a_long_draft().await;
    publish(&mut world, 1).await;
    let until = world.store.log_state().await.unwrap().head;
    for sequence in [1, u64::MAX, reached(until) - 1, reached(until) + 7, reached(1) + 9, 1 << 63] {
        let made_up = Cursor { sequence, ..follower.cursor };
        let page = world.page(&anyone, 0, made_up).await;
        assert!(page.entries.len() <= MESSAGE_CHANGES_MAX, "{sequence}");
    }
}
