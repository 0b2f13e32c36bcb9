//! Handing bytes to the person as a file.

use wasm_bindgen::{JsCast as _, JsValue};

const PLAIN: &str = "text/plain;charset=utf-8";

/// Saves plain words under a name, as the browser saves files. Says whether it could begin.
pub(crate) fn save_text(name: &str, text: &str) -> bool {
    save_bytes(name, PLAIN, text.as_bytes())
}

/// Saves bytes under a name. Says whether it could begin.
pub(crate) fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) -> bool {
    try_save(name, media_type, bytes).is_ok()
}

fn try_save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let document = window.document().ok_or(JsValue::UNDEFINED)?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = document.create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
