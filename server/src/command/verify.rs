//! `talkoot verify`: a line for each thing that is wrong, and a sentence at the end.

use std::fmt::Write as _;

use talkoot_core::id::RecordId;

use super::{CommandError, say};
use crate::cli::Verify;
use crate::data_folder::DataFolder;
use crate::verify::{self, Listener, Problem};

/// Prints what is found, as it is found.
struct Telling {
    digests: bool,
    problems: usize,
    printed: Result<(), CommandError>,
}

impl Telling {
    /// Prints a line, unless printing has failed before.
    fn tell(&mut self, line: &str) {
        if self.printed.is_ok() {
            self.printed = say(line);
        }
    }
}

impl Listener for Telling {
    fn problem(&mut self, problem: Problem) {
        self.problems = self.problems.saturating_add(1);
        self.tell(&format!("{}: {}", problem.place, problem.what));
    }

    fn note(&mut self, note: &'static str) {
        self.tell(&format!("Note: {note}."));
    }

    fn folded(&mut self, record: RecordId, digest: [u8; 32]) {
        if self.digests {
            let mut line = format!("{record}\t");
            // A `String` takes every letter, so this cannot fail.
            for byte in digest {
                write!(line, "{byte:02x}").ok();
            }
            self.tell(&line);
        }
    }
}

/// Looks at a data folder; fails where something is wrong.
pub(super) fn run(options: &Verify) -> Result<(), CommandError> {
    let folder = DataFolder::existing(&options.data.data)?;
    let mut telling = Telling { digests: options.digests, problems: 0, printed: Ok(()) };
    let looked = verify::verify(&folder, &mut telling)?;
    telling.printed?;
    let verify::Looked { records, changes, devices } = looked;
    say(&format!("Looked at {changes} changes of {records} records by {devices} devices."))?;
    match telling.problems {
        0 => say("Nothing is wrong."),
        problems => Err(CommandError::Wrong { problems }),
    }
}
