//! What a mail tells: what the account's inbox lists as unread that came since the last mail.
//!
//! Everything is read anew for each mail, as its account may see it now: what somebody may not see
//! any more is not told, and of what is published only in part they hear what is published.

use std::collections::BTreeMap;

use talkoot_core::access::Caller;
use talkoot_core::comment;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::inbox::{Entry, Reader, What, inbox};
use talkoot_core::notebook::Notebook;
use talkoot_core::summary::Summary;
use talkoot_core::text::plain;

use super::improving;
use crate::reading;
use crate::services::Services;
use crate::store::{Account, RecordSearch, StoreError};

/// How much is listed; the rest is counted.
pub(super) const LISTED_MAX: usize = 20;
/// Longest name or title in a mail, in characters.
const LINE_CHARS_MAX: usize = 120;

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) what: What,
    /// Who did it, as a line; empty where nobody knows.
    pub(super) who: String,
    /// What it is about, as a line; empty where it has no title.
    pub(super) title: String,
    /// Where it is read, without the host.
    pub(super) path: String,
}

/// What there is to tell, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    pub(super) items: Vec<Item>,
    /// How many there are, listed or not.
    pub(super) count: usize,
}

/// Which changes are news: those between two places in the log, the second among them, unless they
/// were written before a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    pub(super) after: u64,
    pub(super) until: u64,
    pub(super) old_ms: u64,
}

/// Gathers what came for an account.
pub(super) async fn gather(
    services: &Services,
    account: &Account,
    came: Came,
) -> Result<News, StoreError> {
    let caller = account.caller();
    let notebook = notebook(services, &caller, account.id).await?;
    let mut seen = changed_since(services, &caller, came.after).await?;
    improving::count(services, &caller, &mut seen).await?;
    let find = |record: RecordId| seen.get(&record);
    let reader = Reader { caller: &caller, notebook: &notebook };
    let mut entries = inbox(reader, seen.values(), &find);
    entries.retain(|entry| entry.is_unread);
    let entries = news_of(services, entries, came).await?;
    let people = names(services).await?;
    let listed = entries.iter().take(LISTED_MAX).filter_map(|entry| {
        let about = find(entry.record)?;
        let who = people.get(&entry.by.author).map(|name| line(name)).unwrap_or_default();
        let (what, path) = (entry.what, entry.address(about));
        Some(Item { what, who, title: line(&about.title), path })
    });
    Ok(News { items: listed.collect(), count: entries.len() })
}

async fn notebook(
    services: &Services,
    caller: &Caller,
    account: AccountId,
) -> Result<Notebook, StoreError> {
    let id = RecordId::notebook_of(account);
    match reading::find_held(&*services.records, caller, id).await? {
        Some(row) => services.readings.notebook(&*services.changes, &row).await,
        None => Ok(Notebook::default()),
    }
}

/// Summarises, as a caller sees them, the records that changed: nothing else can be news.
async fn changed_since(
    services: &Services,
    caller: &Caller,
    after: u64,
) -> Result<BTreeMap<RecordId, Summary>, StoreError> {
    let search = RecordSearch { changed_after: after, ..RecordSearch::default() };
    let mut seen = BTreeMap::new();
    for row in reading::find(&*services.records, caller, search, usize::MAX).await? {
        let folded = services.readings.read(&*services.changes, &row).await?;
        seen.insert(row.record, folded.seen_by(caller).summary.clone());
    }
    Ok(seen)
}

/// Leaves out what was there when the account was told last, and what comes while this one is
/// gathered: that is told the next time.
async fn news_of(
    services: &Services,
    entries: Vec<Entry>,
    came: Came,
) -> Result<Vec<Entry>, StoreError> {
    let mut seen: BTreeMap<RecordId, Vec<ChangeId>> = BTreeMap::new();
    let mut news = Vec::new();
    for entry in entries {
        let record = entry.caused_in();
        let known = if let Some(known) = seen.remove(&record) {
            known
        } else {
            let changes = services.changes.changes_since(record, came.after).await?;
            let in_time = changes.into_iter().filter(|(sequence, _)| *sequence <= came.until);
            in_time.map(|(_, change)| change.id).collect()
        };
        let is_old = entry.by.stamp.wall_ms < came.old_ms;
        if !is_old && entry.causes().iter().any(|cause| known.contains(cause)) {
            news.push(entry);
        }
        seen.insert(record, known);
    }
    Ok(news)
}

async fn names(services: &Services) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let accounts = services.accounts.accounts().await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// Makes one line of what somebody wrote: without what breaks a line, hides or turns what follows.
fn line(text: &str) -> String {
    let shown = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let shown: String = shown.filter(|sign| comment::shows(*sign)).collect();
    plain::cut(&shown.split_whitespace().collect::<Vec<_>>().join(" "), LINE_CHARS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md9_what_somebody_wrote_is_one_line_of_at_most_120_signs() {
        assert_eq!(line("a\r\nBcc: b\u{2028}c\u{202e}d\u{0}e"), "a Bcc: b cd e");
        assert_eq!(line(&"x".repeat(300)).chars().count(), 120);
        assert_eq!(line(" \n "), "");
    }
}
