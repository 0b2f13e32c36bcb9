//! What of a practice's page lies in the third part of the program ([`crate::screens::seldom`]).

pub(crate) use super::adopt::AdoptButton;
pub(crate) use super::offers::{Given, Received, Suggest, Suggestions};
pub(crate) use super::origin::Improvements;
pub(crate) use super::review::PracticeReview;
pub(crate) use super::ways::Ways;
