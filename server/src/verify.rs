//! Reading a data folder without changing it, and saying everything that is wrong.
//!
//! From the outside in: the seal and the write-ahead file cover bytes whatever they
//! mean, SQLite checks its own structure, and then everything that follows from
//! something is derived again and compared: bodies from signatures, columns from
//! bodies, records and audiences from changes.

mod people;
mod record;
mod wal;

use std::io;
use std::path::Path;

use talkoot_core::id::RecordId;

use self::people::Keys;
use crate::data_folder::DataFolder;
use crate::data_seal::{self, BLOCK_BYTES, Sealed};
use crate::store::sqlite::inspect::Inspection;
use crate::store::sqlite::{OpenError, copying};

/// What was found, told while it is found.
pub trait Listener {
    /// Something is wrong.
    fn problem(&mut self, problem: Problem);
    /// Something was not looked at, and why.
    fn note(&mut self, note: &'static str);
    /// A record was folded; its digest is equal wherever its changes are the same.
    fn folded(&mut self, record: RecordId, digest: [u8; 32]);
}

/// One thing that is wrong: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: String,
    pub what: String,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub records: usize,
    pub changes: usize,
    pub devices: usize,
}

/// Why a folder could not be looked at, or not to the end.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Read(#[from] io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Looks at everything; gives how much that was.
pub fn verify(folder: &DataFolder, heard: &mut impl Listener) -> Result<Looked, VerifyError> {
    let database = folder.database();
    let is_alone = folder.is_free();
    check_bytes(&database, is_alone, heard)?;
    match Inspection::open(&database) {
        Ok(inspection) => Ok(check_rows(&inspection, heard)),
        Err(cause @ OpenError::Newer { .. }) => Err(cause.into()),
        Err(cause) => {
            report(heard, "database", format!("cannot be opened: {cause}"));
            Ok(Looked::default())
        }
    }
}

/// Checks what is covered whatever it means: the sealed file and the write-ahead file.
fn check_bytes(
    database: &Path,
    is_alone: bool,
    heard: &mut impl Listener,
) -> Result<(), VerifyError> {
    match data_seal::check(database)? {
        Sealed::Whole => {}
        Sealed::Absent if is_alone => heard.note(
            "the server did not stop cleanly, so bytes that no row uses were not looked at; \
             start and stop it, then verify again",
        ),
        Sealed::Absent => {
            heard.note("the server runs, so bytes that no row uses were not looked at");
        }
        Sealed::Broken => report(heard, "talkoot.seal", "does not hold together".to_owned()),
        Sealed::Differs { blocks } => {
            for block in blocks {
                let place = format!("database byte {}", block.saturating_mul(BLOCK_BYTES));
                report(heard, &place, "the block from here on is not as it was sealed".to_owned());
            }
        }
    }
    if is_alone {
        wal::check(&copying::write_ahead(database), heard)?;
    }
    Ok(())
}

/// Checks what rows say, each against what it follows from.
fn check_rows(inspection: &Inspection, heard: &mut impl Listener) -> Looked {
    let mut looked = Looked::default();
    for said in inspection.integrity() {
        report(heard, "database", said);
    }
    for said in inspection.gaps() {
        report(heard, "log", said);
    }
    let keys = Keys::read(inspection, heard);
    looked.devices = keys.len();
    let records = inspection.records().unwrap_or_else(|cause| {
        report(heard, "log", format!("cannot be listed: {cause}"));
        Vec::new()
    });
    for id in records {
        looked.records = looked.records.saturating_add(1);
        let changes = record::check(inspection, &keys, id, heard);
        looked.changes = looked.changes.saturating_add(changes);
    }
    looked
}

fn report(heard: &mut impl Listener, place: &str, what: String) {
    heard.problem(Problem { place: place.to_owned(), what });
}
