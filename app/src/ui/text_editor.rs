//! Mounting the text editor into a page: its words, its states, its plain faults.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use crate::editor::{EditorPlace, MountFault};
use crate::i18n::{Tongue, Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::passages::Passages;
use crate::ui::toast::{Toasts, use_toasts};

/// Where the editor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mounting {
    Loading,
    Ready,
    /// The editor's own file has never come to this device.
    NotHere,
    /// It could not open this text. What is stored is safe.
    Broken,
    /// The text was made with a newer version: it can be read only.
    Newer,
}

impl Mounting {
    /// Says where an editor stands that could not be mounted.
    pub(super) fn after(fault: MountFault) -> Self {
        match fault {
            MountFault::NewerContent => Self::Newer,
            MountFault::NotOnDevice => Self::NotHere,
            MountFault::NotOpen | MountFault::Broken => Self::Broken,
        }
    }
}

/// Says where and in which words an editor appears: in an element, with its toolbar in another.
pub(super) fn place(
    tongue: Tongue,
    toasts: Toasts,
    field: &'static str,
    label: Word,
    (element, toolbar): (Element, Element),
) -> EditorPlace {
    EditorPlace {
        element,
        toolbar: Some(toolbar),
        field,
        label: untrack(|| tongue.say(label).to_owned()),
        placeholder: untrack(|| tongue.say(words::editor::PLACEHOLDER).to_owned()),
        on_too_much: Rc::new(move || toasts.say(words::editor::TOO_MUCH)),
        on_choose: Rc::new(|_| {}),
        on_press: Rc::new(|_| {}),
        labels: labels(tongue),
    }
}

/// An editor that is put into the page.
#[derive(Clone, Copy)]
pub(crate) struct MountedEditor {
    /// Where it stands.
    pub(crate) mounting: RwSignal<Mounting>,
    /// What runs between it and a margin.
    pub(crate) passages: Passages,
}

/// Mounts the editor as soon as its place is on the page; it goes when the owner goes.
pub(crate) fn mount_editor(
    session: RecordSession,
    field: &'static str,
    label: Word,
    element: NodeRef<html::Div>,
    toolbar: NodeRef<html::Div>,
) -> MountedEditor {
    let (tongue, toasts) = (use_tongue(), use_toasts());
    let mounting = RwSignal::new(Mounting::Loading);
    let passages = Passages::new();
    // A change that comes while the editor opens must not open a second one.
    let begun = StoredValue::new(false);
    Effect::new(move || {
        let (Some(element), Some(toolbar)) = (element.get(), toolbar.get()) else { return };
        if !session.record.with(Option::is_some) || begun.get_value() {
            return;
        }
        begun.set_value(true);
        let place = place(tongue, toasts, field, label, (element.into(), toolbar.into()));
        let place = passages.tie(place);
        spawn_local(async move {
            let state = match session.mount_editor(place).await {
                Ok(editor) => {
                    passages.keep(editor);
                    Mounting::Ready
                }
                Err(fault) => Mounting::after(fault),
            };
            mounting.try_set(state);
        });
    });
    MountedEditor { mounting, passages }
}

/// Says what keeps the text from being written, if anything does.
#[component]
pub(crate) fn MountNote(mounting: RwSignal<Mounting>) -> impl IntoView {
    let tongue = use_tongue();
    let word = move || match mounting.get() {
        Mounting::Loading | Mounting::Ready => None,
        Mounting::NotHere => Some(words::editor::NOT_HERE),
        Mounting::Broken => Some(words::editor::BROKEN),
        Mounting::Newer => Some(words::record::NEWER),
    };
    move || {
        word().map(|word| {
            view! { <p class="banner banner--info" role="status">{tongue.say(word)}</p> }
        })
    }
}

/// Gives the words that the editor asks for, in the language that is spoken now.
fn labels(tongue: Tongue) -> Vec<(&'static str, String)> {
    use words::editor as e;
    let labels = [
        ("toolbar", e::TOOLBAR),
        ("block_style", e::BLOCK_STYLE),
        ("paragraph", e::PARAGRAPH),
        ("heading_1", e::HEADING_1),
        ("heading_2", e::HEADING_2),
        ("heading_3", e::HEADING_3),
        ("heading_4", e::HEADING_4),
        ("quote", e::QUOTE),
        ("bold", e::BOLD),
        ("italic", e::ITALIC),
        ("underline", e::UNDERLINE),
        ("strike", e::STRIKE),
        ("code", e::CODE),
        ("bullet_list", e::BULLET_LIST),
        ("numbered_list", e::NUMBERED_LIST),
        ("check_list", e::CHECK_LIST),
        ("check_item", e::CHECK_ITEM),
        ("link", e::LINK),
        ("link_address", e::LINK_ADDRESS),
        ("link_invalid", e::LINK_INVALID),
        ("link_save", e::LINK_SAVE),
        ("link_remove", e::LINK_REMOVE),
        ("cancel", words::act::CANCEL),
        ("table", e::TABLE),
        ("row_add", e::ROW_ADD),
        ("column_add", e::COLUMN_ADD),
        ("row_remove", e::ROW_REMOVE),
        ("column_remove", e::COLUMN_REMOVE),
        ("header_row", e::HEADER_ROW),
        ("table_remove", e::TABLE_REMOVE),
        ("rule", e::RULE),
        ("undo", words::act::UNDO),
        ("redo", e::REDO),
    ];
    untrack(|| labels.map(|(key, word)| (key, tongue.say(word).to_owned())).to_vec())
}
