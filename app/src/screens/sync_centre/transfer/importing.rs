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

/// The file at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AtHand {
    pub(super) name: String,
    /// How many files wait for their turn.
    pub(super) left: usize,
}

/// The files that are not read yet.
#[derive(Default)]
struct Files {
    /// Those that wait for their turn, the next one first.
    waiting: VecDeque<File>,
    /// Those that were shared, until a person says what to do with them.
    shared: Vec<File>,
}

/// The imports of this screen.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    pub(super) busy: RwSignal<bool>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    pub(super) at_hand: RwSignal<AtHand>,
    /// The bytes of a locked file, kept until its passphrase is given.
    bytes: StoredValue<Vec<u8>>,
    files: StoredValue<Files, LocalStorage>,
    workspace: Workspace,
}

impl Importing {
    /// Starts with no file.
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
            at_hand: RwSignal::default(),
            bytes: StoredValue::new(Vec::new()),
            files: StoredValue::new_local(Files::default()),
            workspace: use_workspace(),
        }
    }

    /// Takes files in, each after the report on the one before was read (rule P94).
    pub(super) fn take(self, files: Vec<File>) {
        self.files.update_value(|it| it.waiting.extend(files));
        // What shows is read first; closing it goes on.
        if self.outcome.with_untracked(Option::is_none) {
            self.next();
        }
    }

    fn next(self) {
        let is_busy = self.busy.get_untracked();
        let next = |it: &mut Files| if is_busy { None } else { it.waiting.pop_front() };
        let file = self.files.try_update_value(next).flatten();
        let left = self.files.with_value(|it| it.waiting.len());
        self.at_hand.update(|at_hand| {
            at_hand.left = left;
            if let Some(file) = &file {
                at_hand.name = file.name();
            }
        });
        if let Some(file) = file {
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
                    self.files.try_update_value(|it| it.shared = files);
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
        self.files.update_value(|it| it.waiting.extend(std::mem::take(&mut it.shared)));
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
        self.files.update_value(|it| it.shared.clear());
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
