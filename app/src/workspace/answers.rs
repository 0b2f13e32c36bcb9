//! Suggestions that were answered in two ways: what a section says without one, and settling.

use std::rc::Rc;

use talkoot_core::adopt::Offer;
use talkoot_core::adopt::offer::{Answer, settling, without};
use talkoot_core::id::RecordId;
use talkoot_core::text::{Block, TextError};

use super::adopting::Worked;
use super::{ActError, Desk, write};

/// Gives what a section says without a suggestion that was accepted, where that can be told.
pub(super) async fn without_offer(
    desk: &Rc<Desk>,
    record: RecordId,
    offer: &Offer,
) -> Result<Option<Vec<Block>>, ActError> {
    desk.bring(record).await?;
    let changes = desk.changes_of(record).await?;
    let text = desk.records.with(record, |it| without(&it.open, &changes, offer));
    text.ok_or(ActError::Gone)?.map_err(|cause| refused(&cause))
}

/// Puts one answer in place of all; the section says `text` from now on.
pub(super) async fn settle(
    desk: &Rc<Desk>,
    record: RecordId,
    offer: &Offer,
    answer: &Answer,
    text: &Worked,
) -> Result<(), ActError> {
    desk.bring(record).await?;
    let ops = desk.records.with(record, |it| settling(&it.open, offer, answer, text.written()));
    let ops = ops.ok_or(ActError::Gone)?.map_err(|cause| refused(&cause))?;
    write::commit(desk, record, |_| ops).await?;
    Ok(())
}

fn refused(cause: &TextError) -> ActError {
    ActError::Refused { code: cause.code() }
}
