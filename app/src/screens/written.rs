//! What the pages of a written record share, be it a document or a practice: where it is found,
//! how it is written, what can be done with it, what is said about it.

mod acts;
mod notices;
mod open_comments;
mod presence;
mod title;
mod unpublished;
mod writing;

use leptos::prelude::*;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

pub(crate) use self::acts::{BinButton, EditLink, PublishButton, RestoreButton};
pub(crate) use self::notices::{InBin, Missing, Newer};
pub(crate) use self::open_comments::OpenComments;
pub(crate) use self::title::TitleField;
pub(crate) use self::unpublished::{PublishChanges, Unpublished};
pub(crate) use self::writing::WritingPage;
use super::not_found::NotFound;
use super::record_address::{keep_address, use_record};
use crate::i18n::use_tongue;
use crate::ui::record_row::title;
use crate::workspace::use_workspace;

/// Draws the record that the address names, under the address that it has now.
pub(crate) fn addressed(kind: Kind, draw: fn(RecordId) -> AnyView) -> impl IntoView {
    let record = use_record();
    move || match record.get() {
        Some(record) => {
            keep_address(kind, record);
            draw(record)
        }
        None => view! { <NotFound /> }.into_any(),
    }
}

/// Follows the name of a record; `None` while it is not on this device.
pub(crate) fn use_name(record: RecordId) -> impl Fn() -> Option<String> + Copy + Send + Sync {
    let tongue = use_tongue();
    let workspace = use_workspace();
    move || {
        let summary = workspace.summaries.with(|all| all.get(record).cloned())?;
        Some(title(tongue, &summary))
    }
}
