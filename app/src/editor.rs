//! The editor of formatted texts, as Rust sees it.
//!
//! The module itself (`js/`) is loaded when somebody first opens a text. It
//! knows bytes and keys, no record and no storage; [`bridge`] is its whole
//! vocabulary.

mod bridge;
mod draft;
mod mount;
mod passages;

pub(crate) use bridge::{TextSession, open_text};
pub(crate) use draft::{Draft, mount_draft};
pub(crate) use mount::{EditorHandle, EditorPlace, Mounted, mount};
pub(crate) use passages::{Chosen, ShownPassage};

/// Why a text could not be opened for editing. It can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MountFault {
    /// The editor is not on this device yet, and there is no network to fetch it.
    #[error("the editor is not on this device")]
    NotOnDevice,
    /// A newer editor wrote something that this one would lose.
    #[error("the text was made with a newer version")]
    NewerContent,
    /// The record is not here, or may not be edited by this person.
    #[error("the text is not open for editing")]
    NotOpen,
    /// The editor broke while opening.
    #[error("the editor could not open the text")]
    Broken,
}
