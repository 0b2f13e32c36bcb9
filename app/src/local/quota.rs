//! How much of the browser's storage is used, and the promise to keep it.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use crate::device::whole;
use crate::workspace::Storage;

/// Asks the browser how much is used and whether it is safe from tidying up.
pub(crate) async fn storage() -> Option<Storage> {
    let manager = manager()?;
    let estimate = answer(manager.estimate()).await?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    let persisted = answer(manager.persisted()).await.and_then(|answer| answer.as_bool());
    Some(Storage {
        used: whole(number("usage")?),
        quota: whole(number("quota")?),
        persisted: persisted.unwrap_or(false),
    })
}

/// Asks the browser to keep what is stored; gives whether it will.
pub(crate) async fn ask_persistence() -> bool {
    let Some(manager) = manager() else { return false };
    answer(manager.persist()).await.and_then(|answer| answer.as_bool()).unwrap_or(false)
}

/// Absent outside a secure context, which `web-sys` does not know of.
fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    let found = Reflect::get(&navigator, &"storage".into()).ok()?;
    (!found.is_undefined()).then(|| navigator.storage())
}

async fn answer(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
