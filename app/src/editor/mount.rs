//! Putting the editor of one field into the page, and taking it away again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Object;
use leptos::prelude::*;
use talkoot_core::access::Deal;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::MountFault;
use super::bridge::{JsView, TextSession, set};
use super::passages::{Chosen, ShownPassage, written};
use crate::record_session::typing::Typing;
use crate::record_session::{RecordSession, SessionState};
use crate::workspace::Desk;

/// Where and how an editor appears. The words come from the screen, in its language.
#[derive(Clone)]
pub(crate) struct EditorPlace {
    /// The element that the text goes into.
    pub(crate) element: Element,
    /// The element that the toolbar goes into; without one there is none.
    pub(crate) toolbar: Option<Element>,
    /// The name of the field.
    pub(crate) field: &'static str,
    /// What the text box is called aloud.
    pub(crate) label: String,
    /// What stands in an empty text.
    pub(crate) placeholder: String,
    /// Hears that more was pasted than the text takes at a time; nothing was taken in.
    pub(crate) on_too_much: Rc<dyn Fn()>,
    /// Hears which passage is selected, and that none is.
    pub(crate) on_choose: Rc<dyn Fn(Option<Chosen>)>,
    /// Hears which of the passages that are shown was pressed.
    pub(crate) on_press: Rc<dyn Fn(String)>,
    /// The words of the toolbar by their key (`LABELS` of the module).
    pub(crate) labels: Vec<(&'static str, String)>,
}

/// A mounted editor. Dropping it takes it out of the page; what was typed is stored.
pub(crate) struct EditorHandle {
    mounted: Rc<Mounted>,
}

impl EditorHandle {
    /// Shows passages that people wrote about, in place of those before.
    pub(crate) fn show_passages(&self, passages: Vec<ShownPassage>) {
        if let Some(view) = self.mounted.view.borrow().as_ref() {
            view.show_passages(&written(&passages));
        }
        *self.mounted.passages.borrow_mut() = passages;
    }

    /// Gives everything that stands in the text, stored or not, as one V1 update.
    pub(crate) fn text_state(&self) -> Option<Vec<u8>> {
        self.mounted.typing.with_text(TextSession::state)
    }
}

/// One place with the view that is in it now.
pub(crate) struct Mounted {
    place: EditorPlace,
    user: String,
    view: RefCell<Option<JsView>>,
    passages: RefCell<Vec<ShownPassage>>,
    editable: Cell<bool>,
    typing: Rc<Typing>,
    on_newer: Closure<dyn FnMut()>,
    on_blur: Closure<dyn FnMut()>,
    on_too_much: Closure<dyn FnMut()>,
    on_choose: Closure<dyn FnMut(JsValue)>,
    on_press: Closure<dyn FnMut(String)>,
}

/// Mounts an editor. A text of a newer program, or one that may only be read, is not mounted.
pub(crate) async fn mount(
    desk: &Rc<Desk>,
    state: &Rc<SessionState>,
    session: RecordSession,
    place: EditorPlace,
) -> Result<EditorHandle, MountFault> {
    if desk.bring(session.id).await.is_err() {
        return Err(MountFault::NotOpen);
    }
    // Whoever asked may have gone to another page meanwhile.
    match session.is_newer.try_get_untracked() {
        Some(false) => {}
        Some(true) => return Err(MountFault::NewerContent),
        None => return Err(MountFault::NotOpen),
    }
    if !untrack(|| session.may(Deal::Edit)) {
        return Err(MountFault::NotOpen);
    }
    let typing = match state.typing() {
        Some(typing) => typing,
        None => Typing::open(desk, state).await?,
    };
    let user = desk.shown.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
    let mounted = Rc::new_cyclic(|weak: &std::rc::Weak<Mounted>| {
        let (newer, blurred) = (weak.clone(), Rc::downgrade(&typing));
        let too_much = Rc::clone(&place.on_too_much);
        let (choose, press) = (Rc::clone(&place.on_choose), Rc::clone(&place.on_press));
        Mounted {
            place,
            user: user.unwrap_or_default(),
            view: RefCell::new(None),
            passages: RefCell::default(),
            editable: Cell::new(true),
            typing: Rc::clone(&typing),
            on_newer: Closure::new(move || {
                session.is_newer.try_set(true);
                if let Some(mounted) = newer.upgrade() {
                    mounted.set_editable(false);
                }
            }),
            on_blur: Closure::new(move || {
                if let Some(typing) = blurred.upgrade() {
                    typing.flush_soon();
                }
            }),
            on_too_much: Closure::new(move || too_much()),
            on_choose: Closure::new(move |told: JsValue| choose(Chosen::read(&told))),
            on_press: Closure::new(move |id| press(id)),
        }
    });
    typing.with_text(|text| mounted.put_in(text)).ok_or(MountFault::NotOpen)??;
    typing.add_view(&mounted);
    let listen = mounted.on_blur.as_ref().unchecked_ref();
    mounted.place.element.add_event_listener_with_callback("focusout", listen).ok();
    Ok(EditorHandle { mounted })
}

impl EditorPlace {
    /// Writes the place down for the module; whether it can be written, and who hears, is for
    /// the caller to say.
    pub(super) fn options(&self, user_name: &str) -> Object {
        let (labels, user, options) = (Object::new(), Object::new(), Object::new());
        for (key, word) in &self.labels {
            set(&labels, key, &JsValue::from_str(word));
        }
        set(&user, "name", &JsValue::from_str(user_name));
        set(&options, "element", &self.element);
        let toolbar = self.toolbar.as_ref().map_or(JsValue::NULL, JsValue::from);
        set(&options, "toolbar", &toolbar);
        set(&options, "field", &JsValue::from_str(self.field));
        set(&options, "label", &JsValue::from_str(&self.label));
        set(&options, "placeholder", &JsValue::from_str(&self.placeholder));
        set(&options, "labels", &labels);
        set(&options, "user", &user);
        options
    }
}

impl Mounted {
    /// Binds the place to a text.
    pub(crate) fn put_in(&self, text: &TextSession) -> Result<(), MountFault> {
        let options = self.place.options(&self.user);
        set(&options, "editable", &JsValue::from_bool(self.editable.get()));
        set(&options, "onNewer", self.on_newer.as_ref());
        set(&options, "onTooMuch", self.on_too_much.as_ref());
        set(&options, "onChoose", self.on_choose.as_ref());
        set(&options, "onPress", self.on_press.as_ref());
        let view = text.mount(&options)?;
        view.show_passages(&written(&self.passages.borrow()));
        *self.view.borrow_mut() = Some(view);
        Ok(())
    }

    /// Takes the view out of its place.
    pub(crate) fn take_out(&self) {
        if let Some(view) = self.view.borrow_mut().take() {
            view.destroy();
        }
    }

    /// Lets nobody write until the view is put in anew, or lets go of that again.
    pub(crate) fn hold(&self, held: bool) {
        if let Some(view) = self.view.borrow().as_ref() {
            view.set_editable(!held && self.editable.get());
        }
    }

    /// Lets the person write, or only read.
    pub(crate) fn set_editable(&self, editable: bool) {
        self.editable.set(editable);
        if let Some(view) = self.view.borrow().as_ref() {
            view.set_editable(editable);
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let listen = self.on_blur.as_ref().unchecked_ref();
        self.place.element.remove_event_listener_with_callback("focusout", listen).ok();
        self.typing.flush_soon();
        self.take_out();
    }
}
