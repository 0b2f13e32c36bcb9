//! `talkoot demo`: the example programme in an empty workspace.

use std::sync::Arc;

use super::{CommandError, say};
use crate::cli::Data;
use crate::data_folder::DataFolder;
use crate::demo;
use crate::services::Services;
use crate::settings::Settings;

/// Loads the example programme and prints the accounts to try.
pub(super) async fn run(data: &Data) -> Result<(), CommandError> {
    let folder = DataFolder::open(&data.data)?;
    let lock = folder.lock()?;
    let (services, ending) =
        Services::start(Arc::new(folder.store()?), Settings::default()).await?;
    if services.hub.head() > 0 {
        return Err(CommandError::NotEmpty);
    }
    let loaded = demo::load(&services).await?;
    drop(services);
    drop(ending.writer.await);
    lock.seal();
    say(&format!("Loaded {} records. Accounts to try:", loaded.records))?;
    for account in loaded.accounts {
        say(&format!(
            "  {}  {}  ({}, {})",
            account.email, account.password, account.name, account.role
        ))?;
    }
    Ok(())
}
