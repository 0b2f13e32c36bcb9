//! What lists, feeds and the sitemap need of all that is public, kept until the log grows.
//!
//! A notice is what a reader without an account would see of a record; it is kept
//! by the record's last sequence, so a record is read again only when it has
//! changed. Which records are public is asked anew each time the log grew.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use talkoot_core::address;
use talkoot_core::comment::Comment;
use talkoot_core::id::RecordId;
use talkoot_core::language::Language;
use talkoot_core::record::FieldState;
use talkoot_core::schema::Kind;
use talkoot_core::value::Value;
use tokio::sync::Mutex;

use super::KINDS;
use super::atom::ENTRIES_MAX;
use super::comments::with_pages;
use crate::reading::{self, Reading};
use crate::services::{Services, anyone};
use crate::store::{RecordSearch, StoreError};

/// What is known of a published record without reading all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub record: RecordId,
    pub kind: Kind,
    /// Never empty: what has no title is shown with a dash.
    pub title: String,
    pub excerpt: String,
    /// The tag of the language in which it is written, where that is known.
    pub language: Option<String>,
    pub project: Option<RecordId>,
    /// When what shows was published, or written where each change shows at once.
    pub updated_ms: u64,
    /// Who is named as its authors.
    pub authors: Vec<String>,
    /// What people without an account said of it, where anybody may: what was published last, as
    /// much as a feed tells, each with the number of its page.
    pub comments: Vec<(Comment, usize)>,
}

/// All that is public, the latest first.
#[derive(Debug, Default)]
pub struct Board {
    notices: Vec<Arc<Notice>>,
    places: BTreeMap<RecordId, usize>,
}

/// Keeps the board.
#[derive(Debug, Default)]
pub struct BoardCache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The end of the log that the board was filled at; absent before the first time.
    head: Option<u64>,
    notices: BTreeMap<RecordId, (u64, Arc<Notice>)>,
    board: Arc<Board>,
}

impl Notice {
    /// Reads the notice off what somebody without an account sees.
    fn of(reading: &Reading) -> Self {
        let summary = &reading.summary;
        let title = summary.title.trim();
        Self {
            record: summary.record,
            kind: summary.kind,
            title: if title.is_empty() { "–".to_owned() } else { title.to_owned() },
            excerpt: summary.excerpt.clone(),
            language: summary.language.clone(),
            project: summary.project,
            updated_ms: summary.modified.stamp.wall_ms,
            authors: authors(reading),
            comments: comments(reading),
        }
    }

    /// Gives its permanent address on this server.
    pub fn address(&self) -> String {
        address::of(self.kind, self.record, if self.title == "–" { "" } else { &self.title })
    }

    /// Gives the language of a page about it.
    pub fn spoken(&self) -> Language {
        self.language.as_deref().and_then(Language::of_tag).unwrap_or_default()
    }
}

fn comments(reading: &Reading) -> Vec<(Comment, usize)> {
    let mut comments: Vec<_> = with_pages(&reading.record).collect();
    comments.sort_by_key(|(it, _)| (Reverse(it.published.stamp.wall_ms), it.item));
    comments.truncate(ENTRIES_MAX);
    comments
}

/// Lists whom the record names as its authors.
fn authors(reading: &Reading) -> Vec<String> {
    let field = reading.summary.kind.schema().field_named("authors");
    let state = field.and_then(|field| reading.record.field(field.tag));
    let members = state.into_iter().flat_map(FieldState::members);
    members.filter_map(Value::as_text).map(str::to_owned).collect()
}

impl Board {
    fn new(mut notices: Vec<Arc<Notice>>) -> Self {
        notices.sort_by_key(|notice| (Reverse(notice.updated_ms), notice.record));
        let places =
            notices.iter().enumerate().map(|(place, notice)| (notice.record, place)).collect();
        Self { notices, places }
    }

    /// Gives the notice of a record, if everybody may read it.
    pub fn notice(&self, record: RecordId) -> Option<&Notice> {
        self.notices.get(*self.places.get(&record)?).map(Arc::as_ref)
    }

    /// Lists everything, the latest first.
    pub fn notices(&self) -> impl DoubleEndedIterator<Item = &Notice> + Clone {
        self.notices.iter().map(Arc::as_ref)
    }

    /// Lists what is of a kind, the latest first.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Notice> + Clone {
        self.notices().filter(move |notice| notice.kind == kind)
    }

    /// Gives the programme: the first of them where there are several.
    pub fn programme(&self) -> Option<&Notice> {
        self.of_kind(Kind::Programme).min_by_key(|notice| notice.record)
    }
}

impl BoardCache {
    /// Gives all that is public now.
    pub async fn all(&self, services: &Services) -> Result<Arc<Board>, StoreError> {
        let mut kept = self.kept.lock().await;
        // Read before the rows: what comes meanwhile is looked for the next time.
        let head = services.hub.head();
        if kept.head == Some(head) {
            return Ok(Arc::clone(&kept.board));
        }
        let search = RecordSearch::default();
        let rows = reading::find(&*services.records, &anyone(), search, usize::MAX).await?;
        let mut notices = BTreeMap::new();
        for row in rows.iter().filter(|row| KINDS.contains(&row.kind)) {
            let known =
                kept.notices.get(&row.record).filter(|(changed, _)| *changed == row.changed);
            let notice = if let Some((_, notice)) = known {
                Arc::clone(notice)
            } else {
                let folded = services.readings.read(&*services.changes, row).await?;
                Arc::new(Notice::of(folded.seen_by(&anyone())))
            };
            notices.insert(row.record, (row.changed, notice));
        }
        let board =
            Arc::new(Board::new(notices.values().map(|(_, notice)| Arc::clone(notice)).collect()));
        *kept = Kept { head: Some(head), notices, board: Arc::clone(&board) };
        Ok(board)
    }
}
