//! `talkoot backup` and `talkoot restore`: one file with everything, and back.

use super::{CommandError, say};
use crate::cli::{Backup, Restore};
use crate::data_folder::DataFolder;
use crate::{backup, restore};

/// Writes a backup; works beside a running server.
pub(super) fn make(options: &Backup) -> Result<(), CommandError> {
    let folder = DataFolder::existing(&options.data.data)?;
    let made = backup::make(&folder.database(), &options.file, options.overwrite)?;
    say(&format!("Wrote {} ({} bytes).", options.file.display(), made.bytes))
}

/// Puts a backup in place, and says what became of what was there.
pub(super) fn take_back(options: &Restore) -> Result<(), CommandError> {
    let restored = restore::restore(&options.file, &options.data.data, options.replace)?;
    let data = options.data.data.display();
    say(&format!("Restored {} into {data}.", options.file.display()))?;
    if let Some(kept) = restored.kept {
        say(&format!("What was there before is kept as {}.", kept.display()))?;
    }
    say("Devices that know more than the backup give it back when they meet the server.")
}
