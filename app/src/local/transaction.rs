//! One IndexedDB transaction: bytes under keys, all of them or none.
//!
//! Dropped without [`Transaction::complete`], it is taken back: nothing half
//! done stays because somebody left early with `?`.

use std::cell::Cell;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransaction};

use super::StoreError;
use super::request::{Answer, error_of};

/// An open transaction.
pub(super) struct Transaction {
    inner: IdbTransaction,
    end: JsFuture,
    left: Cell<bool>,
}

/// Values that are on their way.
pub(super) struct Values(Answer);

/// Keys that are on their way.
pub(super) struct Keys(Answer);

/// A value that is on its way.
pub(super) struct Maybe(Answer);

impl Transaction {
    /// Takes a transaction that was just opened.
    pub(super) fn new(inner: IdbTransaction) -> Self {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            let failed = inner.clone();
            let on_complete = Closure::once_into_js(move || {
                resolve.call0(&JsValue::UNDEFINED).ok();
            });
            let on_abort = Closure::once_into_js(move || {
                let cause = failed.error().map_or(JsValue::UNDEFINED, JsValue::from);
                reject.call1(&JsValue::UNDEFINED, &cause).ok();
            });
            inner.set_oncomplete(Some(on_complete.unchecked_ref()));
            inner.set_onabort(Some(on_abort.unchecked_ref()));
        });
        Self { inner, end: JsFuture::from(promise), left: Cell::new(false) }
    }

    /// Asks for one value.
    pub(super) fn get(&self, store: &str, key: &[u8]) -> Result<Maybe, StoreError> {
        Ok(Maybe(Answer::of(self.store(store)?.get(&js(key)))?))
    }

    /// Asks for all values from one key to another, both included, in order.
    pub(super) fn get_range(
        &self,
        store: &str,
        from: &[u8],
        until: &[u8],
    ) -> Result<Values, StoreError> {
        let range = range(from, until)?;
        Ok(Values(Answer::of(self.store(store)?.get_all_with_key(&range))?))
    }

    /// Asks for the first values from one key to another, both included, in order.
    pub(super) fn get_range_part(
        &self,
        store: &str,
        from: &[u8],
        until: &[u8],
        count_max: u32,
    ) -> Result<Values, StoreError> {
        let range = range(from, until)?;
        let asked = self.store(store)?.get_all_with_key_and_limit(&range, count_max);
        Ok(Values(Answer::of(asked)?))
    }

    /// Asks for the first values of a store, in order of their keys.
    pub(super) fn get_first(&self, store: &str, count_max: u32) -> Result<Values, StoreError> {
        let all = JsValue::UNDEFINED;
        Ok(Values(Answer::of(self.store(store)?.get_all_with_key_and_limit(&all, count_max))?))
    }

    /// Asks for everything in a store.
    pub(super) fn get_all(&self, store: &str) -> Result<Values, StoreError> {
        Ok(Values(Answer::of(self.store(store)?.get_all())?))
    }

    /// Asks for every key of a store, in order.
    pub(super) fn get_all_keys(&self, store: &str) -> Result<Keys, StoreError> {
        Ok(Keys(Answer::of(self.store(store)?.get_all_keys())?))
    }

    /// Puts a value under a key.
    pub(super) fn put(&self, store: &str, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        // The end of the transaction tells whether it came to be.
        self.store(store)?
            .put_with_key(&js(value), &js(key))
            .map(drop)
            .map_err(|cause| error_of(&cause))
    }

    /// Removes what is under a key.
    pub(super) fn delete(&self, store: &str, key: &[u8]) -> Result<(), StoreError> {
        self.store(store)?.delete(&js(key)).map(drop).map_err(|cause| error_of(&cause))
    }

    /// Removes everything from one key to another, both included.
    pub(super) fn delete_range(
        &self,
        store: &str,
        from: &[u8],
        until: &[u8],
    ) -> Result<(), StoreError> {
        let range = range(from, until)?;
        self.store(store)?.delete(&range).map(drop).map_err(|cause| error_of(&cause))
    }

    /// Waits until everything is stored for good.
    pub(super) async fn complete(mut self) -> Result<(), StoreError> {
        self.left.set(true);
        (&mut self.end).await.map(drop).map_err(|cause| error_of(&cause))
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.inner.object_store(name).map_err(|cause| error_of(&cause))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.left.get() {
            self.inner.abort().ok();
        }
    }
}

impl Maybe {
    /// Waits for the value.
    pub(super) async fn bytes(self) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.0.value().await?;
        Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }
}

impl Values {
    /// Waits for the values.
    pub(super) async fn bytes(self) -> Result<Vec<Vec<u8>>, StoreError> {
        let values: Array = self.0.value().await?.unchecked_into();
        let bytes = values.iter().filter_map(|value| value.dyn_into::<Uint8Array>().ok());
        Ok(bytes.map(|bytes| bytes.to_vec()).collect())
    }
}

impl Keys {
    /// Waits for the keys; whatever bytes they were written from, they come as plain buffers.
    pub(super) async fn bytes(self) -> Result<Vec<Vec<u8>>, StoreError> {
        let keys: Array = self.0.value().await?.unchecked_into();
        Ok(keys.iter().map(|key| Uint8Array::new(&key).to_vec()).collect())
    }
}

fn js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn range(from: &[u8], until: &[u8]) -> Result<JsValue, StoreError> {
    let range = IdbKeyRange::bound(&js(from), &js(until)).map_err(|cause| error_of(&cause))?;
    Ok(range.into())
}
