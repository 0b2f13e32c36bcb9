//! What runs between an editor and the margin beside it: which passage is selected, which are
//! shown, which was pressed.

use std::rc::Rc;

use leptos::prelude::*;

use crate::editor::{Chosen, EditorHandle, EditorPlace, ShownPassage};

/// The wires of one editor.
#[derive(Clone, Copy)]
pub(crate) struct Passages {
    /// What is selected in the editor.
    pub(crate) chosen: RwSignal<Option<Chosen>>,
    /// The passage that was pressed last.
    pub(crate) pressed: RwSignal<Option<String>>,
    /// The passages that the editor marks.
    pub(crate) shown: RwSignal<Vec<ShownPassage>>,
    handle: RwSignal<Option<EditorHandle>, LocalStorage>,
}

impl Passages {
    /// Makes wires that no editor is at the end of yet.
    pub(super) fn new() -> Self {
        let it = Self {
            chosen: RwSignal::new(None),
            pressed: RwSignal::new(None),
            shown: RwSignal::new(Vec::new()),
            handle: RwSignal::new_local(None),
        };
        Effect::new(move || {
            let shown = it.shown.get();
            it.handle.with(|handle| handle.iter().for_each(|it| it.show_passages(shown.clone())));
        });
        it
    }

    /// Ties a place to them before an editor is mounted there.
    pub(super) fn tie(self, place: EditorPlace) -> EditorPlace {
        EditorPlace {
            on_choose: Rc::new(move |chosen| {
                self.chosen.try_set(chosen);
            }),
            on_press: Rc::new(move |id| {
                self.pressed.try_set(Some(id));
            }),
            ..place
        }
    }

    /// Keeps the mounted editor; it goes when the owner goes.
    pub(super) fn keep(self, handle: EditorHandle) {
        self.handle.try_set(Some(handle));
    }

    /// Gives everything that stands in the editor's text, stored or not, as one V1 update.
    pub(crate) fn text_state(self) -> Option<Vec<u8>> {
        self.handle.try_with_untracked(|handle| handle.as_ref()?.text_state())?
    }
}
