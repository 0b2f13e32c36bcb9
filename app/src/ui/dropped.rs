//! Transfer files that were dropped anywhere onto the app, or opened with it.
//!
//! They are noted here and taken in by the sync centre, which is opened for them.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use talkoot_core::transfer::EXTENSION;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, FileSystemFileHandle};

use crate::device::listen;

/// The files that wait to be taken in.
#[derive(Clone, Copy)]
pub(crate) struct Dropped(pub(crate) RwSignal<Vec<File>, LocalStorage>);

/// Hears of files for as long as the tab lives.
pub(crate) fn provide_dropped() {
    let dropped = Dropped(RwSignal::new_local(Vec::new()));
    provide_context(dropped);
    let navigate = use_navigate();
    let take = move |files: Vec<File>| {
        dropped.0.update(|all| all.extend(files));
        navigate("/sync", NavigateOptions::default());
    };
    listen::on_window("dragover", |event| {
        if carries_files(&event) {
            event.prevent_default();
        }
    });
    let dropping = take.clone();
    listen::on_window("drop", move |event| {
        let files = transfer_files(&event);
        if !files.is_empty() {
            event.prevent_default();
            dropping(files);
        }
    });
    hear_launches(take);
}

/// Gives the files that were dropped or opened.
pub(crate) fn use_dropped() -> Dropped {
    use_context().unwrap_or_else(|| Dropped(RwSignal::new_local(Vec::new())))
}

fn carries_files(event: &Event) -> bool {
    let carried = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    carried.is_some_and(|carried| carried.types().includes(&JsValue::from_str("Files"), 0))
}

/// Other files belong to whatever they were dropped on.
fn transfer_files(event: &Event) -> Vec<File> {
    let carried = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    let mut files = carried.and_then(|carried| carried.files()).map(files_of).unwrap_or_default();
    files.retain(|file| file.name().ends_with(&format!(".{EXTENSION}")));
    files
}

/// Lists the files of a browser's list.
pub(crate) fn files_of(list: FileList) -> Vec<File> {
    (0..list.length()).filter_map(|place| list.get(place)).collect()
}

/// Hears of files that the system opens with the installed app, where the browser has that.
fn hear_launches(take: impl Fn(Vec<File>) + Clone + 'static) {
    let queue = Reflect::get(&window(), &JsValue::from_str("launchQueue"));
    let Some(queue) = queue.ok().filter(|queue| !queue.is_undefined()) else { return };
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        let files = Reflect::get(&launch, &JsValue::from_str("files"));
        let handles = files.ok().and_then(|files| files.dyn_into::<Array>().ok());
        let take = take.clone();
        spawn_local(async move {
            let mut opened = Vec::new();
            for handle in handles.unwrap_or_default() {
                opened.extend(opened_file(handle).await);
            }
            if !opened.is_empty() {
                take(opened);
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

async fn opened_file(handle: JsValue) -> Option<File> {
    let handle = handle.dyn_into::<FileSystemFileHandle>().ok()?;
    JsFuture::from(handle.get_file()).await.ok()?.dyn_into().ok()
}
