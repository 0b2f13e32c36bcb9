//! An IndexedDB request as something to wait for.
//!
//! The callback settles a promise, and what waits for it runs before the
//! browser takes up anything else, so the transaction is still open then.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbRequest};

use super::StoreError;

/// A request that is already on its way.
pub(super) struct Answer(JsFuture);

impl Answer {
    /// Starts to wait for a request.
    pub(super) fn of(request: Result<IdbRequest, JsValue>) -> Result<Self, StoreError> {
        let request = request.map_err(|cause| error_of(&cause))?;
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            let (done, failed) = (request.clone(), request.clone());
            let on_success = Closure::once_into_js(move || {
                let value = done.result().unwrap_or(JsValue::UNDEFINED);
                resolve.call1(&JsValue::UNDEFINED, &value).ok();
            });
            let on_error = Closure::once_into_js(move |event: web_sys::Event| {
                // Left alone, the error would abort the transaction a second time, aloud.
                event.prevent_default();
                let cause = failed.error().ok().flatten();
                let cause = cause.map_or(JsValue::UNDEFINED, JsValue::from);
                reject.call1(&JsValue::UNDEFINED, &cause).ok();
            });
            request.set_onsuccess(Some(on_success.unchecked_ref()));
            request.set_onerror(Some(on_error.unchecked_ref()));
        });
        Ok(Self(JsFuture::from(promise)))
    }

    /// Waits for the value.
    pub(super) async fn value(self) -> Result<JsValue, StoreError> {
        self.0.await.map_err(|cause| error_of(&cause))
    }
}

/// Reads what went wrong out of a browser's exception.
pub(super) fn error_of(cause: &JsValue) -> StoreError {
    let name = cause.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("VersionError") => StoreError::Newer,
        Some("SecurityError" | "InvalidAccessError" | "NotAllowedError") => StoreError::Denied,
        // The connection was closed under the transaction: another tab takes over.
        Some("InvalidStateError" | "AbortError" | "TransactionInactiveError") => StoreError::Closed,
        _ => StoreError::Failed,
    }
}
