//! Suggestions: a section that a copy wrote better goes to the original, whose people answer.

mod answer;
mod suggest;
mod told;

pub(crate) use answer::Suggestions;
pub(crate) use suggest::Suggest;
pub(crate) use told::{Given, Received};

use leptos::prelude::*;
use talkoot_core::adopt::Offer;
use talkoot_core::adopt::offer::offers;

use crate::record_session::RecordSession;

/// Lists what was suggested to a record.
fn offers_of(session: RecordSession) -> Vec<Offer> {
    session.record.with(|record| record.as_ref().map(|it| offers(it)).unwrap_or_default())
}
