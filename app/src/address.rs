//! Addresses of the app's own pages, beside the permanent ones of core (rule P3).

pub(crate) use talkoot_core::address::{of, post_anchor, record_of, slug};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::value::PostId;

/// Gives the address of the list of a kind.
pub(crate) fn of_list(kind: Kind) -> String {
    format!("/{}", kind.schema().path)
}

/// Gives the address where a document or a practice is written.
pub(crate) fn of_editing(kind: Kind, record: RecordId, title: &str) -> String {
    format!("{}/edit", of(kind, record, title))
}

/// Gives the address where the versions of a document or a practice are seen.
pub(crate) fn of_history(kind: Kind, record: RecordId, title: &str) -> String {
    format!("{}/history", of(kind, record, title))
}

/// Gives the address where a post is read.
pub(crate) fn of_post(post: PostId, subject: &str) -> String {
    format!("{}#{}", of(Kind::Thread, post.thread, subject), post_anchor(post.post))
}
