//! Everything that the server does not have, as one text file for its maker.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;

use super::set_aside::value_text;
use super::{ActError, Desk};
use crate::device::download::save_text;
use crate::local::{Local, StoreError};

/// What the file is called.
const FILE: &str = "talkoot.md";

/// Writes the file and hands it to the browser.
pub(super) async fn download(desk: &Rc<Desk>) -> Result<(), ActError> {
    desk.flush_typing().await;
    let local = desk.local()?;
    let mut text = unsent(&local).await?;
    for record in desk.waiting.records() {
        desk.bring(record).await?;
        let title = desk.shown.summaries.with_untracked(|all| Some(all.get(record)?.title.clone()));
        let words = desk.words_shown(record);
        writeln!(text, "\n# {}\n\n{words}", title.unwrap_or_default()).ok();
    }
    if save_text(FILE, &text) { Ok(()) } else { Err(ActError::Gone) }
}

/// Reads the values that wait or were set aside, a line each. What cannot be read is passed over.
pub(super) async fn unsent(local: &Local) -> Result<String, StoreError> {
    let mut text = String::new();
    for stored in local.readable_set_aside().await? {
        writeln!(text, "{}\n", stored.shown.text).ok();
    }
    for entry in local.readable_waiting().await? {
        let Ok(change) = entry.change.open() else { continue };
        for op in &change.ops {
            if let Op::SetField { value, .. }
            | Op::AddToSet { value, .. }
            | Op::PutItem { value, .. } = op
            {
                let line = value_text(value);
                if !line.is_empty() {
                    writeln!(text, "{line}").ok();
                }
            }
        }
    }
    Ok(text)
}

/// Reads the words of the records with something unsent, from a storage that may be broken.
pub(super) async fn rescue(local: &Local) -> Option<String> {
    let mut text = unsent(local).await.ok()?;
    let waiting = local.readable_waiting().await.ok()?;
    let records: BTreeSet<RecordId> = waiting.iter().map(|entry| entry.record).collect();
    for record in records {
        // One that is broken must not take the others with it.
        let Ok(loaded) = local.load(&[record], &BTreeSet::new()).await else { continue };
        for loaded in loaded {
            let title = loaded.open.record.title().unwrap_or_default().to_owned();
            let fields = loaded.open.text_fields();
            let words = fields.iter().map(|field| loaded.open.text.blocks(field));
            let words: String =
                words.map(|blocks| talkoot_core::text::markdown::write(&blocks)).collect();
            writeln!(text, "\n# {title}\n\n{words}").ok();
        }
    }
    Some(text)
}
