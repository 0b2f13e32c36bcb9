//! Any bytes as a stored snapshot: unusable, or a record that holds together.

use talkoot_core::audience::Audience;
use talkoot_core::choice::choices;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::text::html::html;

use super::markdown::check_html;

/// Loads the bytes; what loads is read, written down again and loaded once more.
pub fn run(bytes: &[u8]) {
    let Ok(open) = OpenRecord::from_snapshot(bytes) else { return };
    assert!(open.text.is_whole());
    for field in open.text_fields() {
        check_html(&html(&open.text.blocks(field)));
    }
    let record = &open.record;
    assert!(record.is_trashed() == record.trashed_at().is_some());
    choices(record);
    Audience::of(record);
    record.edits_unknown_to_trashing();
    let again = OpenRecord::from_snapshot(&open.snapshot());
    assert!(again.is_ok_and(|again| again.canonical() == open.canonical()), "it loads as itself");
}
