//! How many documents each choice of a facet would show. Pure, as the filter is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use talkoot_core::id::RecordId;
use talkoot_core::summary::Summary;

use super::filter::{Filter, Status};

/// For each choice, the documents that it shows while every other narrowing holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    kinds: BTreeMap<String, usize>,
    /// In the order of [`Status::ALL`].
    statuses: [usize; Status::ALL.len()],
}

impl Counts {
    /// Counts in one pass (rule P14).
    pub(super) fn of<'a>(
        all: impl Iterator<Item = &'a Arc<Summary>>,
        filter: &Filter,
        mine: &BTreeSet<RecordId>,
    ) -> Self {
        let mut counts = Self::default();
        let concerns = filter.concerns(mine);
        for summary in all.filter(|summary| concerns(summary)) {
            if filter.status.fits(summary) {
                let kind = summary.subkind.clone().unwrap_or_default();
                *counts.kinds.entry(kind).or_default() += 1;
            }
            if filter.has_kind(summary) {
                for (count, status) in counts.statuses.iter_mut().zip(Status::ALL) {
                    *count += usize::from(status.fits(summary));
                }
            }
        }
        counts
    }

    /// Gives how many documents of a kind there are.
    pub(super) fn kind(&self, code: &str) -> usize {
        self.kinds.get(code).copied().unwrap_or_default()
    }

    /// Gives how many documents have a status.
    pub(super) fn status(&self, status: Status) -> usize {
        let mut all = self.statuses.iter().zip(Status::ALL);
        all.find(|(_, it)| *it == status).map(|(count, _)| *count).unwrap_or_default()
    }
}
