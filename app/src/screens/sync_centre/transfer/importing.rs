//! One import under way: the file's bytes, what came of them, what a person is asked meanwhile.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::limits::TRANSFER_FILE_BYTES_MAX;
use talkoot_core::transfer::TransferError;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::device;
use crate::workspace::{ActError, Brought, ImportFault, Workspace, use_workspace};

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Brought(Brought),
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
    workspace: Workspace,
}

impl Importing {
    /// Starts with no file.
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
            bytes: StoredValue::new(Vec::new()),
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

    /// Tries a locked file with a passphrase.
    pub(super) fn unlock(self, passphrase: String) {
        let bytes = self.bytes.get_value();
        self.run(async move { Ok((bytes, Some(passphrase))) });
    }

    /// Lets go of the file.
    pub(super) fn end(self) {
        self.bytes.set_value(Vec::new());
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
