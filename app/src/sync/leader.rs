//! Which tab speaks for all: the one that holds the browser's lock.
//!
//! The lock goes with the tab, however the tab ends, and the next in the queue
//! has it at once. A browser without locks lets every tab speak: the server
//! bears it, sending twice is harmless.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use talkoot_core::id::AccountId;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The right to speak, until it is dropped.
pub(crate) struct Lease {
    let_go: Rc<RefCell<Option<Function>>>,
}

impl Lease {
    /// Waits until this tab may speak for all.
    pub(crate) async fn wait(account: Option<AccountId>) -> Self {
        let let_go = Rc::new(RefCell::new(None));
        if let Some(granted) = request(account, &let_go) {
            // Settles when the lock is ours; a refusal leaves this tab alone, which is harmless.
            drop(JsFuture::from(granted).await);
        }
        Self { let_go }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(let_go) = self.let_go.borrow_mut().take() {
            let_go.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// Asks for the lock; gives what settles when it is granted. `None` without locks.
fn request(account: Option<AccountId>, let_go: &Rc<RefCell<Option<Function>>>) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let ask: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let name = account.map_or_else(|| "anyone".to_owned(), |account| account.to_string());
    let kept = Rc::clone(let_go);
    let granted = Promise::new(&mut |resolve: Function, _| {
        let kept = Rc::clone(&kept);
        let on_granted = Closure::once_into_js(move || {
            resolve.call0(&JsValue::UNDEFINED).ok();
            // The lock is held until this promise settles.
            Promise::new(&mut |release: Function, _| {
                *kept.borrow_mut() = Some(release);
            })
        });
        let lock = JsValue::from_str(&format!("talkoot-{name}"));
        ask.call2(&locks, &lock, &on_granted).ok();
    });
    Some(granted)
}
