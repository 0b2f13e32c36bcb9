//! What originals publish for the copies of an account's projects.
//!
//! No summary tells that of itself; devices count it for their lists, and here it is counted for
//! the mail. An original names its copies, so only those of originals that changed are looked at.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::Caller;
use talkoot_core::id::RecordId;
use talkoot_core::practice;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use crate::reading;
use crate::services::Services;
use crate::store::StoreError;

/// Notes in the summaries of the caller's copies what waits for them from originals that changed.
pub(super) async fn count(
    services: &Services,
    caller: &Caller,
    changed: &mut BTreeMap<RecordId, Summary>,
) -> Result<(), StoreError> {
    let practices = changed.values().filter(|it| it.kind == Kind::Practice);
    let originals: Vec<RecordId> = practices.map(|it| it.record).collect();
    for original in originals {
        let found = reading::find_one(&*services.records, caller, original).await?;
        let Some(row) = found else { continue };
        let folded = services.readings.read(&*services.changes, &row).await?;
        for copy in copies(caller, &folded.seen_by(caller).record) {
            let found = reading::find_one(&*services.records, caller, copy).await?;
            let Some(own) = found else { continue };
            let waits = services.readings.improvements(&*services.changes, &own, &row).await?;
            let folded = services.readings.read(&*services.changes, &own).await?;
            let mut summary = folded.seen_by(caller).summary.clone();
            if let Some(practice) = &mut summary.practice {
                practice.improvements = u16::try_from(waits).unwrap_or(u16::MAX);
            }
            changed.insert(copy, summary);
        }
    }
    Ok(())
}

/// Lists the copies of the caller's projects that a practice names.
fn copies(caller: &Caller, original: &Record) -> BTreeSet<RecordId> {
    let projects = caller.projects.iter();
    projects.filter_map(|project| practice::adopted_copy(original, *project)).collect()
}
