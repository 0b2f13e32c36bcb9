//! Imports under way, one file after the other: the bytes, what came of them, what a person is
//! asked meanwhile.

use std::collections::VecDeque;

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::limits::TRANSFER_FILE_BYTES_MAX;
use talkoot_core::transfer::TransferError;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::device;
use crate::workspace::{ActError, Brought, ImportFault, Workspace, use_workspace};

/// The page's function that gives shared files.
const SHARED: &str = "talkootShared";

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Brought(Brought),
    /// Another program shared files: a person says first that they are to be taken in.
    Shared {
        names: Vec<String>,
    },
    /// It is locked: a passphrase is asked for. `again`: the one that was given was another.
    Locked {
        again: bool,
    },
    Refused(ImportFault),
}

/// The imports of this screen.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    pub(super) busy: RwSignal<bool>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// The name of the file at hand.
    pub(super) name: RwSignal<String>,
    /// How many files wait for their turn.
    pub(super) left: RwSignal<usize>,
    /// The files that wait, the next one first.
    waiting: StoredValue<VecDeque<File>, LocalStorage>,
    /// The bytes of a locked file, kept until its passphrase is given.
    bytes: StoredValue<Vec<u8>>,
    /// Files that were shared, kept until a person says what to do with them.
    shared: StoredValue<Vec<File>, LocalStorage>,
    workspace: Workspace,
}

impl Importing {
    /// Starts with no file.
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
            name: RwSignal::default(),
            left: RwSignal::new(0),
            waiting: StoredValue::new_local(VecDeque::new()),
            bytes: StoredValue::new(Vec::new()),
            shared: StoredValue::new_local(Vec::new()),
            workspace: use_workspace(),
        }
    }

    /// Takes files in, each after the report on the one before was read (rule P94).
    pub(super) fn take(self, files: Vec<File>) {
        self.waiting.update_value(|waiting| waiting.extend(files));
        // What shows is read first; closing it goes on.
        if self.outcome.with_untracked(Option::is_none) {
            self.next();
        }
    }

    fn next(self) {
        let is_busy = self.busy.get_untracked();
        let file = if is_busy { None } else { self.waiting.try_update_value(VecDeque::pop_front) };
        self.left.set(self.waiting.with_value(VecDeque::len));
        if let Some(file) = file.flatten() {
            self.name.set(file.name());
            self.open(&file);
        }
    }

    fn open(self, file: &File) {
        let size = usize::try_from(device::whole(file.size())).unwrap_or(usize::MAX);
        if size > TRANSFER_FILE_BYTES_MAX {
            let cause = TransferError::TooBig { size, size_max: TRANSFER_FILE_BYTES_MAX };
            self.outcome.set(Some(Outcome::Refused(cause.into())));
            return;
        }
        let reading = JsFuture::from(file.array_buffer());
        self.run(async move {
            match reading.await {
                Ok(buffer) => Ok((js_sys::Uint8Array::new(&buffer).to_vec(), None)),
                // A stick that was pulled out, or a file that may not be read.
                Err(_) => Err(ImportFault::Act(ActError::Gone)),
            }
        });
    }

    /// Looks whether another program shared files with the app (rule P66).
    ///
    /// Any site may post a form here as the system does, so nothing is taken in by itself.
    pub(super) fn look_for_shared(self) {
        spawn_local(async move {
            let Some(answer) = device::call_page(SHARED).await else { return };
            let outcome = match answer.dyn_into::<Array>() {
                Ok(files) => {
                    let files = files.into_iter().filter_map(|it| it.dyn_into::<File>().ok());
                    let files: Vec<File> = files.collect();
                    let names = files.iter().map(File::name).collect();
                    self.shared.try_set_value(files);
                    Outcome::Shared { names }
                }
                // There was no room to keep them.
                Err(answer) if answer.is_falsy() && !answer.is_undefined() => {
                    Outcome::Refused(ImportFault::Act(ActError::Gone))
                }
                Err(_) => return,
            };
            self.outcome.try_set(Some(outcome));
        });
    }

    /// Takes the shared files in.
    pub(super) fn take_shared(self) {
        let files = self.shared.try_update_value(std::mem::take).unwrap_or_default();
        self.waiting.update_value(|waiting| waiting.extend(files));
        self.next();
    }

    /// Tries a locked file with a passphrase.
    pub(super) fn unlock(self, passphrase: String) {
        let bytes = self.bytes.get_value();
        self.run(async move { Ok((bytes, Some(passphrase))) });
    }

    /// Lets go of the file, and goes on with the next.
    pub(super) fn end(self) {
        self.bytes.set_value(Vec::new());
        self.shared.set_value(Vec::new());
        self.outcome.set(None);
        self.next();
    }

    fn run(
        self,
        reading: impl Future<Output = Result<(Vec<u8>, Option<String>), ImportFault>> + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let came = match reading.await {
                Ok((bytes, passphrase)) => {
                    self.bytes.try_set_value(bytes.clone());
                    self.workspace.import_transfer(bytes, passphrase).await
                }
                Err(fault) => Err(fault),
            };
            self.busy.try_set(false);
            self.outcome.try_set(Some(match came {
                Ok(brought) => Outcome::Brought(brought),
                Err(ImportFault::Refused(TransferError::Locked)) => {
                    Outcome::Locked { again: false }
                }
                Err(ImportFault::WrongPassphrase) => Outcome::Locked { again: true },
                Err(fault) => Outcome::Refused(fault),
            }));
        });
    }
}
