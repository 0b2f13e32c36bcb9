//! A text of no record yet, written in the page: it is read when somebody decides about it.

use std::rc::Rc;

use talkoot_core::text::{Block, TextDocument, seed_update};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::bridge::{JsView, TextSession, open_text, set};
use super::{EditorPlace, MountFault};

/// The Yjs clients of what the text begins with and of what is written: it meets no other text.
const BEGINNING: u64 = 1;
const WRITING: u32 = 2;

/// A mounted draft. Dropping it takes it out of the page, and its words with it.
pub(crate) struct Draft {
    field: &'static str,
    text: TextSession,
    view: JsView,
    _hear: [Closure<dyn FnMut()>; 2],
}

/// Mounts an editor that begins with these blocks; `on_change` hears of every keystroke.
pub(crate) async fn mount_draft(
    place: EditorPlace,
    blocks: &[Block],
    on_change: impl Fn() + 'static,
) -> Result<Draft, MountFault> {
    let state = seed_update(BEGINNING, place.field, blocks);
    let text = open_text(&state, WRITING, move |_| on_change(), |_| {}).await?;
    let too_much = Rc::clone(&place.on_too_much);
    // It was made here, so nothing newer than this program can be in it.
    let hear = [Closure::new(|| {}), Closure::new(move || too_much())];
    let options = place.options("");
    let [newer, too_much] = &hear;
    set(&options, "editable", &JsValue::TRUE);
    set(&options, "onNewer", newer.as_ref());
    set(&options, "onTooMuch", too_much.as_ref());
    let view = text.mount(&options)?;
    Ok(Draft { field: place.field, text, view, _hear: hear })
}

impl Draft {
    /// Gives what stands in the editor; `None` for what this program cannot read back.
    pub(crate) fn blocks(&self) -> Option<Vec<Block>> {
        let document = TextDocument::from_state(0, &self.text.state()).ok()?;
        Some(document.blocks(self.field))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.view.destroy();
        self.text.close();
    }
}
