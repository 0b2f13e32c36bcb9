//! A transfer file that was dropped anywhere onto the app, or opened with it.
//!
//! It is noted here and taken in by the sync centre, which is opened for it.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::transfer::EXTENSION;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileSystemFileHandle};

use crate::device::listen;

/// The file that waits to be taken in.
#[derive(Clone, Copy)]
pub(crate) struct Dropped(pub(crate) RwSignal<Option<File>, LocalStorage>);

/// Hears of files for as long as the tab lives.
pub(crate) fn provide_dropped() {
    let dropped = Dropped(RwSignal::new_local(None));
    provide_context(dropped);
    let navigate = use_navigate();
    let take = move |file: File| {
        dropped.0.set(Some(file));
        navigate("/sync", NavigateOptions::default());
    };
    listen::on_window("dragover", |event| {
        if carries_files(&event) {
            event.prevent_default();
        }
    });
    let dropping = take.clone();
    listen::on_window("drop", move |event| {
        if let Some(file) = transfer_file(&event) {
            event.prevent_default();
            dropping(file);
        }
    });
    hear_launches(take);
}

/// Gives the file that was dropped or opened.
pub(crate) fn use_dropped() -> Dropped {
    use_context().unwrap_or_else(|| Dropped(RwSignal::new_local(None)))
}

fn carries_files(event: &Event) -> bool {
    let carried = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    carried.is_some_and(|carried| carried.types().includes(&JsValue::from_str("Files"), 0))
}

/// Other files belong to whatever they were dropped on.
fn transfer_file(event: &Event) -> Option<File> {
    let files = event.dyn_ref::<DragEvent>()?.data_transfer()?.files()?;
    let file = files.get(0)?;
    file.name().ends_with(&format!(".{EXTENSION}")).then_some(file)
}

/// Hears of files that the system opens with the installed app, where the browser has that.
fn hear_launches(take: impl Fn(File) + Clone + 'static) {
    let queue = Reflect::get(&window(), &JsValue::from_str("launchQueue"));
    let Some(queue) = queue.ok().filter(|queue| !queue.is_undefined()) else { return };
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        let files = Reflect::get(&launch, &JsValue::from_str("files"));
        let first = files.ok().and_then(|files| files.dyn_into::<Array>().ok()).map(|it| it.get(0));
        let Some(handle) = first.and_then(|it| it.dyn_into::<FileSystemFileHandle>().ok()) else {
            return;
        };
        let (take, promise): (_, Promise) = (take.clone(), handle.get_file());
        spawn_local(async move {
            let file = JsFuture::from(promise).await;
            if let Some(file) = file.ok().and_then(|file| file.dyn_into::<File>().ok()) {
                take(file);
            }
        });
    });
    let set = Reflect::get(&queue, &JsValue::from_str("setConsumer"));
    if let Some(set) = set.ok().and_then(|set| set.dyn_into::<Function>().ok()) {
        set.call1(&queue, hear.as_ref()).ok();
        // As long as the tab lives.
        hear.forget();
    }
}
