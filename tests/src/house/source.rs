//! The files of this repository, as they are in the work tree.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold what is made or fetched, not written.
const NOT_WRITTEN: [&str; 5] = ["target", "dist", "node_modules", "results", "corpus"];

/// One file, named from the top of the repository with `/` between.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name from the top.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl SourceFile {
    /// Makes a file out of thin air, for trying a rule.
    pub fn new(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned() }
    }

    /// Whether the name ends in one of these kinds.
    pub fn is_kind(&self, kinds: &[&str]) -> bool {
        let end = Path::new(&self.name).extension();
        end.is_some_and(|end| kinds.iter().any(|kind| end == *kind))
    }
}

/// The top of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Reads every written text file below the top.
///
/// # Errors
///
/// When a folder or a file cannot be read.
pub fn sources() -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(&root(), "", &mut files)?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.') && name != ".ci" && name != ".cargo";
        if hidden || NOT_WRITTEN.contains(&name.as_str()) {
            continue;
        }
        let full = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{full}/"), files)?;
        } else if let Ok(text) = String::from_utf8(fs::read(entry.path())?) {
            files.push(SourceFile { name: full, text });
        }
    }
    Ok(())
}
