//! The editor module's functions, one for one. Bytes go in, bytes come out.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::MountFault;

#[wasm_bindgen(inline_js = "export function loadEditor() { return import('@editor'); }")]
extern "C" {
    /// Loads the module; the bundler knows where it is.
    #[wasm_bindgen(js_name = loadEditor)]
    fn load_editor() -> Promise;
}

#[wasm_bindgen]
extern "C" {
    type JsText;

    #[wasm_bindgen(method, catch)]
    fn mount(this: &JsText, options: &Object) -> Result<JsView, JsValue>;
    #[wasm_bindgen(method, catch, js_name = applyUpdate)]
    fn apply_update(this: &JsText, update: &Uint8Array) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = applyAwareness)]
    fn apply_awareness(this: &JsText, update: &Uint8Array) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = localAwareness)]
    fn local_awareness(this: &JsText) -> Uint8Array;
    #[wasm_bindgen(method, js_name = wholeState)]
    fn whole_state(this: &JsText) -> Uint8Array;
    #[wasm_bindgen(method)]
    fn close(this: &JsText);

    /// A mounted view of one field.
    pub(crate) type JsView;

    #[wasm_bindgen(method, js_name = setEditable)]
    pub(crate) fn set_editable(this: &JsView, editable: bool);
    #[wasm_bindgen(method, js_name = showPassages)]
    pub(crate) fn show_passages(this: &JsView, passages: &Array);
    #[wasm_bindgen(method)]
    pub(crate) fn destroy(this: &JsView);
}

/// One open text: a Y.Doc on the other side.
pub(crate) struct TextSession {
    inner: JsText,
    /// Kept as long as the text, so that they can still be called.
    _hear: [Closure<dyn FnMut(Uint8Array)>; 2],
}

/// Opens a text from its state. `on_update` hears what the person writes here, and only that.
pub(crate) async fn open_text(
    state: &[u8],
    client: u32,
    mut on_update: impl FnMut(Vec<u8>) + 'static,
    mut on_presence: impl FnMut(Vec<u8>) + 'static,
) -> Result<TextSession, MountFault> {
    let module = JsFuture::from(load_editor()).await.map_err(|_| MountFault::NotOnDevice)?;
    let open = Reflect::get(&module, &"openText".into()).map_err(|_| MountFault::Broken)?;
    let open: Function = open.dyn_into().map_err(|_| MountFault::Broken)?;
    let hear = [
        Closure::<dyn FnMut(Uint8Array)>::new(move |bytes: Uint8Array| on_update(bytes.to_vec())),
        Closure::<dyn FnMut(Uint8Array)>::new(move |bytes: Uint8Array| on_presence(bytes.to_vec())),
    ];
    let [update, presence] = &hear;
    let options = Object::new();
    set(&options, "state", &Uint8Array::from(state));
    set(&options, "clientId", &JsValue::from(client));
    set(&options, "onUpdate", update.as_ref());
    set(&options, "onAwareness", presence.as_ref());
    let text = open.call1(&JsValue::UNDEFINED, &options).map_err(|_| MountFault::Broken)?;
    Ok(TextSession { inner: text.unchecked_into(), _hear: hear })
}

impl TextSession {
    /// Shows one field in the page.
    pub(crate) fn mount(&self, options: &Object) -> Result<JsView, MountFault> {
        self.inner.mount(options).map_err(|cause| {
            let code = Reflect::get(&cause, &"code".into()).ok().and_then(|code| code.as_string());
            match code.as_deref() {
                Some("newer_content") => MountFault::NewerContent,
                _ => MountFault::Broken,
            }
        })
    }

    /// Takes in what others wrote; again is harmless.
    pub(crate) fn take_in(&self, update: &[u8]) {
        self.inner.apply_update(&Uint8Array::from(update)).ok();
    }

    /// Takes in where others are.
    pub(crate) fn take_in_presence(&self, state: &[u8]) {
        self.inner.apply_awareness(&Uint8Array::from(state)).ok();
    }

    /// Gives everything that stands in the editor, stored or not, as one V1 update.
    pub(crate) fn state(&self) -> Vec<u8> {
        self.inner.whole_state().to_vec()
    }

    /// Gives where the own person is.
    pub(crate) fn presence(&self) -> Vec<u8> {
        self.inner.local_awareness().to_vec()
    }

    /// Ends the text.
    pub(crate) fn close(&self) {
        self.inner.close();
    }
}

/// Sets one option.
pub(super) fn set(options: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    Reflect::set(options, &JsValue::from_str(name), value).ok();
}
