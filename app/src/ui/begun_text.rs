//! A formatted text that is written in a form, kept like other forms ([`super::begun`]).

use talkoot_core::id::RecordId;
use talkoot_core::text::passage;
use talkoot_core::value::{Scalar, Value};

use super::begun::BegunForm;
use crate::local::Unfinished;
use crate::workspace::Worked;

/// A form with one formatted text.
#[derive(Clone, Copy)]
pub(crate) struct BegunText {
    pub(crate) form: BegunForm,
}

impl BegunText {
    /// Opens the form of this name.
    pub(crate) fn open(record: RecordId, form: &str) -> Self {
        Self { form: BegunForm::open(record, form, Vec::new()) }
    }

    /// Gives what was begun before, with the text that it was begun on.
    pub(crate) fn left(self) -> Option<Worked> {
        let Some(Value::One(Scalar::Passage(bytes))) = self.form.left() else { return None };
        let seen = self.form.with_place(Unfinished::base).flatten()?;
        Some(Worked { text: passage::read(&bytes)?, seen })
    }

    /// Keeps what is written now.
    pub(crate) fn keep(self, written: &Worked) {
        self.form.keep(Value::One(Scalar::Passage(passage::write(&written.text))));
        self.form.with_place(|place| {
            if place.base().as_ref() != Some(&written.seen) {
                place.keep_base(&written.seen);
            }
        });
    }
}
