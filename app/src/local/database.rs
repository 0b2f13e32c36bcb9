//! Opening one IndexedDB database, politely towards other tabs and versions.
//!
//! A newer version of the program that wants to change the database gets it at
//! once: this connection closes itself and its user is told to load again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction};

use super::request::error_of;
use super::transaction::Transaction;
use crate::device;

/// How long opening may take before the person is told that something holds it (rule L5).
const OPEN_WITHIN_MS: u32 = 1_500;

/// Why the device's storage did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("another tab holds the storage")]
    Blocked,
    #[error("the storage belongs to a newer version of the program")]
    Newer,
    #[error("the connection to the storage was closed")]
    Closed,
    #[error("the browser gives no storage")]
    Denied,
    #[error("the storage is full")]
    Full,
    /// The browser gave no reason that is known: it may work the next time.
    #[error("the browser could not do it now")]
    Failed,
    #[error("what is stored cannot be read")]
    Damaged,
}

/// Whether a transaction has to outlive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    /// What can be made again from the rest.
    Write,
    /// What exists nowhere else: complete only once it is on the disk.
    WriteStrict,
}

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options, which `web-sys` still calls unstable.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// An open connection.
pub(crate) struct Database {
    inner: DurableDatabase,
    /// Kept as long as the connection, so that it can still be called.
    on_version_change: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Database {
    /// Opens a database, creating the stores that it lacks.
    pub(crate) async fn open(
        name: &str,
        version: u32,
        stores: &'static [&'static str],
    ) -> Result<Self, StoreError> {
        let request = factory()?.open_with_u32(name, version).map_err(|it| error_of(&it))?;
        let opened = opening(&request, stores);
        let value = JsFuture::from(opened).await.map_err(|cause| open_error(&cause))?;
        Ok(Self { inner: value.unchecked_into(), on_version_change: RefCell::new(None) })
    }

    /// Closes the connection when a newer version asks for it, and says so.
    pub(crate) fn close_on_request(&self, mut tell: impl FnMut() + 'static) {
        let closing = self.inner.clone();
        let hear = Closure::<dyn FnMut()>::new(move || {
            closing.close();
            tell();
        });
        self.inner.set_onversionchange(Some(hear.as_ref().unchecked_ref()));
        *self.on_version_change.borrow_mut() = Some(hear);
    }

    /// Opens a transaction over some stores.
    pub(super) fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        if mode == Mode::WriteStrict {
            Reflect::set(&options, &"durability".into(), &"strict".into()).ok();
        }
        let kind = if mode == Mode::Read { "readonly" } else { "readwrite" };
        let opened = self.inner.transaction(&names, kind, &options);
        opened.map(Transaction::new).map_err(|cause| error_of(&cause))
    }

    /// Closes the connection.
    pub(crate) fn close(&self) {
        self.inner.close();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.inner.set_onversionchange(None);
        self.inner.close();
    }
}

/// Removes a database with everything in it.
pub(crate) async fn remove(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(|cause| error_of(&cause))?;
    let removed = opening(&request, &[]);
    JsFuture::from(removed).await.map(drop).map_err(|cause| open_error(&cause))
}

fn factory() -> Result<IdbFactory, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Denied)?;
    window.indexed_db().ok().flatten().ok_or(StoreError::Denied)
}

/// Marks a rejection as "somebody holds it".
const HELD: &str = "held";

fn open_error(cause: &JsValue) -> StoreError {
    match cause.as_string().as_deref() {
        Some(HELD) => StoreError::Blocked,
        // Opening, this is how some browsers refuse a private window.
        _ if error_of(cause) == StoreError::Closed => StoreError::Denied,
        _ => error_of(cause),
    }
}

/// Settles with the database, with the browser's refusal, or as held after a while.
fn opening(request: &IdbOpenDbRequest, stores: &'static [&'static str]) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let (done, upgraded, failed) = (request.clone(), request.clone(), request.clone());
        let (refuse, held) = (reject.clone(), reject.clone());
        let on_upgrade = Closure::once_into_js(move || create_stores(&upgraded, stores));
        let given_up = Rc::new(Cell::new(false));
        let late = Rc::clone(&given_up);
        let on_success = Closure::once_into_js(move || {
            let value = done.result().unwrap_or(JsValue::UNDEFINED);
            match value.dyn_ref::<IdbDatabase>() {
                // Nobody waits any more, and an idle connection would block others.
                Some(database) if late.get() => database.close(),
                _ => drop(resolve.call1(&JsValue::UNDEFINED, &value)),
            }
        });
        let on_error = Closure::once_into_js(move || {
            let cause = failed.error().ok().flatten();
            let cause = cause.map_or(JsValue::UNDEFINED, JsValue::from);
            refuse.call1(&JsValue::UNDEFINED, &cause).ok();
        });
        let on_blocked = Closure::once_into_js(move || {
            reject.call1(&JsValue::UNDEFINED, &HELD.into()).ok();
        });
        request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
        request.set_onsuccess(Some(on_success.unchecked_ref()));
        request.set_onerror(Some(on_error.unchecked_ref()));
        request.set_onblocked(Some(on_blocked.unchecked_ref()));
        wasm_bindgen_futures::spawn_local(async move {
            device::sleep(OPEN_WITHIN_MS).await;
            given_up.set(true);
            held.call1(&JsValue::UNDEFINED, &HELD.into()).ok();
        });
    })
}

fn create_stores(request: &IdbOpenDbRequest, stores: &[&str]) {
    let Ok(value) = request.result() else { return };
    let database: IdbDatabase = value.unchecked_into();
    for store in stores {
        // One that is there already is left as it is.
        database.create_object_store(store).ok();
    }
}
