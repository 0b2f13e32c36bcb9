//! One import under way: the file's bytes, what came of them, what a person is asked meanwhile.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::limits::TRANSFER_FILE_BYTES_MAX;
use talkoot_core::transfer::TransferError;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::device;
use crate::workspace::{ActError, Brought, ImportFault, Workspace, use_workspace};

/// The page's function that gives a shared file.
const SHARED: &str = "talkootShared";

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Brought(Brought),
    /// Another program shared it: a person says first that it is to be taken in.
    Shared {
        name: String,
    },
    /// It is locked: a passphrase is asked for. `again`: the one that was given was another.
    Locked {
        again: bool,
    },
    Refused(ImportFault),
}

/// An import of this screen.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    pub(super) busy: RwSignal<bool>,
    pub(super) outcome: RwSignal<Option<Outcome>>,
    /// The bytes of a locked file, kept until its passphrase is given.
    bytes: StoredValue<Vec<u8>>,
    /// A file that was shared, kept until a person says what to do with it.
    shared: StoredValue<Option<File>, LocalStorage>,
    workspace: Workspace,
}

impl Importing {
    /// Starts with no file.
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
            bytes: StoredValue::new(Vec::new()),
            shared: StoredValue::new_local(None),
            workspace: use_workspace(),
        }
    }

    /// Takes a file in.
    pub(super) fn take(self, file: &File) {
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

    /// Looks whether another program shared a file with the app (rule P66).
    ///
    /// Any site may post a form here as the system does, so nothing is taken in by itself.
    pub(super) fn look_for_shared(self) {
        spawn_local(async move {
            let Some(answer) = device::call_page(SHARED).await else { return };
            let outcome = match answer.dyn_into::<File>() {
                Ok(file) => {
                    let name = file.name();
                    self.shared.try_set_value(Some(file));
                    Outcome::Shared { name }
                }
                // There was no room to keep it.
                Err(answer) if answer.is_falsy() && !answer.is_undefined() => {
                    Outcome::Refused(ImportFault::Act(ActError::Gone))
                }
                Err(_) => return,
            };
            self.outcome.try_set(Some(outcome));
        });
    }

    /// Takes the shared file in.
    pub(super) fn take_shared(self) {
        if let Some(file) = self.shared.try_update_value(Option::take).flatten() {
            self.take(&file);
        }
    }

    /// Tries a locked file with a passphrase.
    pub(super) fn unlock(self, passphrase: String) {
        let bytes = self.bytes.get_value();
        self.run(async move { Ok((bytes, Some(passphrase))) });
    }

    /// Lets go of the file.
    pub(super) fn end(self) {
        self.bytes.set_value(Vec::new());
        self.shared.set_value(None);
        self.outcome.set(None);
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
