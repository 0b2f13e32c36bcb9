//! What is being begun about a passage. It is kept like a form until it is sent or given up.

use std::collections::BTreeMap;

use leptos::prelude::*;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::text::anchor::Anchor;
use talkoot_core::value::{Scalar, Value};

use super::MarginOf;
use crate::editor::{Chosen, ShownPassage};
use crate::screens::discussion::composer::{read_post, written_post};
use crate::ui::begun::BegunForm;

/// The parts of a kept form.
mod part {
    pub(super) const PLACE: u16 = 1;
    pub(super) const QUOTE: u16 = 2;
    pub(super) const WANTED: u16 = 3;
    pub(super) const POST: u16 = 4;
}

/// A comment or a suggestion that is not sent yet.
#[derive(Clone, Copy)]
pub(super) struct Beginning {
    /// What it is about; none while nothing is begun.
    pub(super) chosen: RwSignal<Option<Chosen>>,
    /// What the passage is to say, where that is suggested.
    pub(super) wanted: RwSignal<Option<String>>,
    pub(super) said: RwSignal<Words>,
    pub(super) form: BegunForm,
    /// Whether it was begun by pressing: what only lay there takes no focus.
    pub(super) pressed: StoredValue<bool>,
}

impl Beginning {
    /// Goes on with what was begun beside this text.
    pub(super) fn open(of: MarginOf) -> Self {
        let form = BegunForm::open(of.record(), &of.form(), Vec::new());
        let (chosen, wanted, said) = form.left().as_ref().and_then(read).unwrap_or_default();
        let beginning = Self {
            chosen: RwSignal::new(chosen),
            wanted: RwSignal::new(wanted),
            said: RwSignal::new(said),
            form,
            pressed: StoredValue::new(false),
        };
        form.on_back(move |left| beginning.fill(left));
        beginning
    }

    /// Shows again what was thrown away.
    fn fill(self, left: &Value) {
        let Some((chosen, wanted, said)) = read(left) else { return };
        self.wanted.try_set(wanted);
        self.said.try_set(said);
        self.chosen.try_set(chosen);
    }

    /// Gives what stands in the form; nothing once the page is gone.
    pub(super) fn typed(self) -> Option<(Option<String>, Words)> {
        self.wanted.try_get_untracked().zip(self.said.try_get_untracked())
    }

    /// Begins a comment on what is selected, or a suggestion for it.
    pub(super) fn begin(self, chosen: Chosen, suggests: bool) {
        self.pressed.set_value(true);
        self.wanted.set(suggests.then(|| chosen.words.clone()));
        self.chosen.set(Some(chosen));
    }

    /// Keeps what stands in the form.
    pub(super) fn keep(self) {
        let value = self.chosen.with_untracked(|chosen| {
            let Chosen { anchor, words, .. } = chosen.as_ref()?;
            let post = Post { words: self.said.get_untracked(), ..Post::default() };
            let wanted = self.wanted.get_untracked();
            let says = !post.words.text.trim().is_empty();
            let differs = wanted.as_ref().is_some_and(|wanted| wanted != words);
            let Value::One(post) = written_post(&post) else { return None };
            let parts = [
                (part::PLACE, Some(Scalar::Text(anchor.to_string()))),
                (part::QUOTE, Some(Scalar::Text(words.clone()))),
                (part::WANTED, wanted.map(Scalar::Text)),
                (part::POST, Some(post)),
            ];
            let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?)));
            let parts: BTreeMap<u16, Scalar> = parts.collect();
            (says || differs).then_some(Value::Entry(parts))
        });
        self.form.keep(value.unwrap_or(Value::Empty));
    }

    /// Closes and empties the form; the page may be gone by then.
    pub(super) fn clear(self) {
        self.chosen.try_set(None);
        self.wanted.try_set(None);
        self.said.try_set(Words::default());
    }

    /// Gives the passage that it is about, to be marked.
    pub(super) fn shown(self) -> Option<ShownPassage> {
        let suggests = self.wanted.with(Option::is_some);
        let passage = |chosen: &Chosen| ShownPassage {
            id: "begun".to_owned(),
            anchor: chosen.anchor,
            suggests,
            on: true,
        };
        self.chosen.with(|chosen| chosen.as_ref().map(passage))
    }
}

fn read(value: &Value) -> Option<(Option<Chosen>, Option<String>, Words)> {
    let text = |tag| value.part(tag).and_then(Scalar::as_text).map(str::to_owned);
    let chosen =
        Chosen { anchor: Anchor::parse(&text(part::PLACE)?)?, words: text(part::QUOTE)?, lines: 1 };
    let post = read_post(&Value::One(value.part(part::POST)?.clone()))?;
    Some((Some(chosen), text(part::WANTED), post.words))
}
