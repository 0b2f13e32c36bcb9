//! Small things kept in the browser's own memory: `localStorage`, and `sessionStorage` for one tab.
//!
//! Written at once and without waiting, which IndexedDB cannot. Nothing that
//! was saved has its only copy here for longer than a moment.

use web_sys::Storage;

/// Reads what is kept under a name.
pub(crate) fn read(name: &str) -> Option<String> {
    lasting()?.get_item(name).ok()?
}

/// Keeps a text under a name; says whether it was kept.
pub(crate) fn keep(name: &str, text: &str) -> bool {
    lasting().is_some_and(|memory| memory.set_item(name, text).is_ok())
}

/// Forgets a name.
pub(crate) fn forget(name: &str) {
    if let Some(memory) = lasting() {
        memory.remove_item(name).ok();
    }
}

/// Lists the names that begin so.
pub(crate) fn names(begin: &str) -> Vec<String> {
    let Some(memory) = lasting() else { return Vec::new() };
    let count = memory.length().unwrap_or(0);
    let all = (0..count).filter_map(|at| memory.key(at).ok()?);
    all.filter(|name| name.starts_with(begin)).collect()
}

/// Reads what this tab keeps under a name, also after it was loaded again.
pub(crate) fn read_of_tab(name: &str) -> Option<String> {
    of_tab()?.get_item(name).ok()?
}

/// Keeps a text for this tab only.
pub(crate) fn keep_for_tab(name: &str, text: &str) {
    if let Some(memory) = of_tab() {
        memory.set_item(name, text).ok();
    }
}

/// Forgets what this tab keeps under a name.
pub(crate) fn forget_of_tab(name: &str) {
    if let Some(memory) = of_tab() {
        memory.remove_item(name).ok();
    }
}

fn lasting() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn of_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
