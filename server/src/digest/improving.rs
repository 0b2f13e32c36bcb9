//! What originals publish for the copies of an account's projects.
//!
//! No summary tells that of itself; devices count it for their lists, and here it is counted for
//! the mail. An original names its copies, so only those of originals that changed are looked at.

use std::collections::BTreeMap;

use talkoot_core::access::Caller;
use talkoot_core::id::RecordId;
use talkoot_core::practice;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use crate::reading;
use crate::services::Services;
use crate::store::{RecordRow, RecordSearch, StoreError};

/// Notes in the summaries of the caller's copies what waits for them from originals that changed.
pub(super) async fn count(
    services: &Services,
    caller: &Caller,
    changed: &mut BTreeMap<RecordId, Summary>,
) -> Result<(), StoreError> {
    let practices = changed.values().filter(|it| it.kind == Kind::Practice);
    let originals: Vec<RecordId> = practices.map(|it| it.record).collect();
    if originals.is_empty() {
        return Ok(());
    }
    let own = own_practices(services, caller).await?;
    for original in originals {
        let found = reading::find_one(&*services.records, caller, original).await?;
        let Some(row) = found else { continue };
        let folded = services.readings.read(&*services.changes, &row).await?;
        for copy in practice::copies(&folded.seen_by(caller).record) {
            let Some(of_copy) = own.get(&copy) else { continue };
            let waits = services.readings.improvements(&*services.changes, of_copy, &row).await?;
            if waits > 0 {
                let folded = services.readings.read(&*services.changes, of_copy).await?;
                let mut summary = folded.seen_by(caller).summary.clone();
                if let Some(practice) = &mut summary.practice {
                    practice.improvements = u16::try_from(waits).unwrap_or(u16::MAX);
                }
                changed.insert(copy, summary);
            }
        }
    }
    Ok(())
}

/// Finds the practices of the caller's projects, by their rows alone.
async fn own_practices(
    services: &Services,
    caller: &Caller,
) -> Result<BTreeMap<RecordId, RecordRow>, StoreError> {
    let mut own = BTreeMap::new();
    for project in &caller.projects {
        let (kind, project) = (Some(Kind::Practice), Some(*project));
        let search = RecordSearch { kind, project, ..RecordSearch::default() };
        let rows = reading::find(&*services.records, caller, search, usize::MAX).await?;
        own.extend(rows.into_iter().map(|row| (row.record, row)));
    }
    Ok(own)
}
