//! `talkoot export` and `talkoot import`: records in a file that travels on a stick.

use std::sync::Arc;

use super::{CommandError, hear, say};
use crate::cli::{Data, Export, Import};
use crate::data_folder::DataFolder;
use crate::services::Services;
use crate::settings::Settings;
use crate::transfer::{self, CarryError, Choosing, Packed, Place, Report};

/// Writes chosen records into a transfer file.
pub(super) async fn export(options: Export) -> Result<(), CommandError> {
    let Export { data, file, records, project, overwrite, passphrase_stdin, all: _ } = options;
    let passphrase = passphrase_stdin.then(hear).transpose()?;
    let place = Place { path: &file, overwrite, passphrase: passphrase.as_deref() };
    let choosing = match project {
        Some(project) => Choosing::Project(project),
        None if records.is_empty() => Choosing::All,
        None => Choosing::Records(records),
    };
    let packing = async |services: &Services| transfer::pack(services, choosing, place).await;
    let Packed { records, changes, bytes } = on_folder(&data, packing).await?;
    let file = file.display();
    say(&format!("Wrote {file}: {changes} changes of {records} records ({bytes} bytes)."))
}

/// Takes a transfer file in and says what became of it.
pub(super) async fn import(options: Import) -> Result<(), CommandError> {
    let Import { data, file, passphrase_stdin } = options;
    let passphrase = passphrase_stdin.then(hear).transpose()?;
    let passphrase = passphrase.as_deref();
    let taking = async |services: &Services| transfer::take_in(services, &file, passphrase).await;
    tell(&on_folder(&data, taking).await?)
}

/// Does something with the services of a folder that no server has open.
async fn on_folder<T>(
    data: &Data,
    act: impl AsyncFnOnce(&Services) -> Result<T, CarryError>,
) -> Result<T, CommandError> {
    let folder = DataFolder::existing(&data.data)?;
    let lock = folder.lock()?;
    let (services, ending) =
        Services::start(Arc::new(folder.store()?), Settings::default()).await?;
    let done = act(&services).await;
    drop(services);
    drop(ending.writer.await);
    lock.seal();
    Ok(done?)
}

fn tell(report: &Report) -> Result<(), CommandError> {
    let Report { added, changed, known, asks, stored, unverified, refused } = report;
    say(&format!("Stored {stored} changes."))?;
    say(&format!("  added          {added} records"))?;
    say(&format!("  changed        {changed} records"))?;
    say(&format!("  already known  {known} records"))?;
    say(&format!("  asks a person  {asks} records"))?;
    let changes: usize = unverified.iter().map(|waiting| waiting.changes).sum();
    say(&format!("  unverified     {changes} changes"))?;
    for waiting in unverified {
        let (changes, replica) = (waiting.changes, waiting.replica);
        say(&format!("    {changes} of the device {replica}, which this server has not met"))?;
    }
    say(&format!("  refused        {} changes", refused.values().sum::<usize>()))?;
    for (code, changes) in refused {
        say(&format!("    {changes} for {code}"))?;
    }
    if unverified.is_empty() {
        return Ok(());
    }
    say("Unverified changes stay in the file: import it again when their device has been here.")
}
