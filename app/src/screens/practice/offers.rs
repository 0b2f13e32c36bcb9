//! Suggestions: a section that a copy wrote better goes to the original, whose people answer.

mod answer;
mod suggest;
mod told;

pub(super) use answer::Suggestions;
pub(super) use suggest::Suggest;
pub(super) use told::{Given, Received};

use leptos::prelude::*;
use talkoot_core::adopt::Offer;
use talkoot_core::adopt::offer::offers;

use crate::record_session::RecordSession;

/// Lists what was suggested to a record.
fn offers_of(session: RecordSession) -> Vec<Offer> {
    session.record.with(|record| record.as_ref().map(|it| offers(it)).unwrap_or_default())
}
