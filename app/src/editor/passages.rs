//! Passages of a text as the editor and the page speak of them: which one is selected, which are
//! shown.

use js_sys::{Array, Object, Reflect};
use talkoot_core::text::anchor::Anchor;
use wasm_bindgen::JsValue;

use super::bridge::set;

/// What somebody selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) anchor: Anchor,
    pub(crate) words: String,
    /// Over how many lines it goes.
    pub(crate) lines: u32,
}

/// A passage that the editor marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShownPassage {
    /// What it is called when it is pressed.
    pub(crate) id: String,
    pub(crate) anchor: Anchor,
    pub(crate) suggests: bool,
    /// Whether it is the one that is looked at.
    pub(crate) on: bool,
}

impl Chosen {
    /// Reads what the module tells; `None` where nothing is selected.
    pub(super) fn read(told: &JsValue) -> Option<Self> {
        let get = |name: &str| Reflect::get(told, &JsValue::from_str(name)).ok();
        Some(Self {
            anchor: Anchor::parse(&get("place")?.as_string()?)?,
            words: get("words")?.as_string()?,
            lines: crate::device::whole(get("lines")?.as_f64()?).try_into().ok()?,
        })
    }
}

/// Writes passages down for the module.
pub(super) fn written(passages: &[ShownPassage]) -> Array {
    let one = |passage: &ShownPassage| {
        let options = Object::new();
        let look = if passage.suggests { "suggestion" } else { "comment" };
        set(&options, "id", &JsValue::from_str(&passage.id));
        set(&options, "place", &JsValue::from_str(&passage.anchor.to_string()));
        set(&options, "look", &JsValue::from_str(look));
        set(&options, "on", &JsValue::from_bool(passage.on));
        options
    };
    passages.iter().map(one).collect()
}
