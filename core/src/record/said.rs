//! What was said one time after the other, all of it kept.
//!
//! As in a register, a saying names those that it replaces, and what nobody replaced is alive.
//! Here the replaced stay too: they are the history that a person may look at, and nothing has
//! to be remembered of what came too early. Adding is total and does not depend on the order.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::id::ChangeId;
use crate::register::Write;

/// One saying, and what it replaces.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Saying<T> {
    #[n(0)]
    pub write: Write<T>,
    #[n(1)]
    pub replaces: Vec<ChangeId>,
}

/// Every saying about one thing, by its change.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Said<T>(#[n(0)] BTreeMap<ChangeId, Saying<T>>);

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Said<T> {
    /// Takes in a saying.
    pub fn say(&mut self, id: ChangeId, write: Write<T>, replaces: &[ChangeId]) {
        self.0.insert(id, Saying { write, replaces: replaces.to_vec() });
    }

    /// Lists the sayings that count and that nobody replaced who may, the latest first.
    pub fn live_where(
        &self,
        counts: impl Fn(&Write<T>) -> bool,
        replaces: impl Fn(&Write<T>, &Write<T>) -> bool,
    ) -> Vec<(ChangeId, &Write<T>)> {
        let counting = || self.0.iter().filter(|(_, saying)| counts(&saying.write));
        let is_dead = |id: &ChangeId, write: &Write<T>| {
            counting().any(|(by, saying)| {
                by != id && saying.replaces.contains(id) && replaces(&saying.write, write)
            })
        };
        let live = counting().filter(|(id, saying)| !is_dead(id, &saying.write));
        let mut live: Vec<_> = live.map(|(id, saying)| (*id, &saying.write)).collect();
        live.sort_by_key(|(id, write)| std::cmp::Reverse((write.stamp, *id)));
        live
    }

    /// Lists the sayings that nobody replaced, the latest first.
    pub fn live(&self) -> Vec<(ChangeId, &Write<T>)> {
        self.live_where(|_| true, |_, _| true)
    }

    /// Lists what a new saying replaces: everything that is alive.
    pub fn replaces(&self) -> Vec<ChangeId> {
        self.live().into_iter().map(|(id, _)| id).collect()
    }

    /// Lists all sayings, the earliest first.
    pub fn all(&self) -> Vec<(ChangeId, &Write<T>)> {
        let mut all: Vec<_> = self.0.iter().map(|(id, saying)| (*id, &saying.write)).collect();
        all.sort_by_key(|(id, write)| (write.stamp, *id));
        all
    }

    /// Counts all sayings.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether nothing was ever said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
