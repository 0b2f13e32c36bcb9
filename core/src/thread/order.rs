//! The order of posts: by when they were written, but behind what they answer.
//!
//! A wrong clock may say that an answer was written before its question. Such a post stands right
//! behind what it answers. Everything is read from the posts, so every device finds one order.

use std::collections::BTreeMap;

use crate::id::ChangeId;
use crate::record::Discussion;
use crate::stamp::Stamp;

/// Where a post stands: the latest time of itself and what it answers, then how far behind that.
type Place = (Stamp, u32);

/// Lists the posts that have come, in their order.
pub(super) fn in_order(discussion: &Discussion) -> Vec<ChangeId> {
    let mut places: BTreeMap<ChangeId, Place> = BTreeMap::new();
    for id in discussion.posts.keys() {
        place(discussion, *id, &mut places);
    }
    let mut order: Vec<(Place, ChangeId)> =
        places.into_iter().map(|(id, place)| (place, id)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, id)| id).collect()
}

/// Finds the place of a post after those of what it answers, without recursion: a chain of
/// answers may be as long as the thread. Bytes that lie may answer each other; then time decides.
fn place(discussion: &Discussion, first: ChangeId, places: &mut BTreeMap<ChangeId, Place>) {
    let mut path = vec![first];
    let mut opened = std::collections::BTreeSet::from([first]);
    while let Some(id) = path.last().copied() {
        let Some(posted) = discussion.posts.get(&id).and_then(|state| state.posted.as_ref()) else {
            path.pop();
            continue;
        };
        let quoted = posted.value.quote.as_ref().map(|quote| quote.post);
        let below = [posted.value.reply_to, quoted];
        let has_come = |post: &ChangeId| {
            discussion.posts.get(post).is_some_and(|state| state.posted.is_some())
        };
        let unplaced = |post: &&ChangeId| !places.contains_key(*post) && has_come(post);
        if let Some(post) = below.iter().flatten().find(|it| unplaced(it) && opened.insert(**it)) {
            path.push(*post);
            continue;
        }
        let behind = below.iter().flatten().filter_map(|post| places.get(post));
        let behind = behind.map(|(stamp, steps)| (*stamp, steps.saturating_add(1)));
        let found = behind.fold((posted.stamp, 0), Place::max);
        places.entry(id).or_insert(found);
        path.pop();
    }
}
