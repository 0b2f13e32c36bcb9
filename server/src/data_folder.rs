//! The folder that holds a workspace, and the lock that keeps two servers out of it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::held::HeldComments;
use crate::store::sqlite::{OpenError, SqliteStore, copying};
use crate::{clock, data_seal};

/// What the database is called.
const DATABASE: &str = "talkoot.db";
/// The folder of what nobody may read before it was decided about: no page, feed or backup takes
/// anything from there.
const HELD: &str = "held";
/// What the database of open comments is called there.
const COMMENTS: &str = "comments.db";
/// What the file is called that keeps two servers apart.
const LOCK: &str = "lock";

/// A folder that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

/// As long as it lives, no other server opens the folder.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
    database: PathBuf,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error(
        "the data folder {} cannot be written ({cause}); choose another with --data, or give this \
         user the right to write there", path.display()
    )]
    NotWritable { path: PathBuf, cause: std::io::ErrorKind },
    #[error("there is no workspace in {}; say where it is with --data", path.display())]
    NoWorkspace { path: PathBuf },
    #[error(
        "another `talkoot serve` has the data folder {} open; stop it first, or choose another \
         folder with --data", path.display()
    )]
    InUse { path: PathBuf },
    #[error(
        "the database in {} has version {found} and this program knows versions up to {known}; \
         start the newer program that wrote it", path.display()
    )]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error(
        "{} is not a Talkoot database; move it away, or choose another folder with --data",
        path.display()
    )]
    NotADatabase { path: PathBuf },
    #[error("the database in {} cannot be opened: {cause}", path.display())]
    Database { path: PathBuf, cause: OpenError },
}

impl DataFolder {
    /// Makes the folder if absent and makes sure that it can be written.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let refuse = |cause: std::io::Error| FolderError::NotWritable {
            path: path.to_owned(),
            cause: cause.kind(),
        };
        make_folder(path).map_err(refuse)?;
        lock_file(path).map_err(refuse)?;
        Ok(Self(path.to_owned()))
    }

    /// Takes a folder that holds a workspace, without making or changing anything.
    pub fn existing(path: &Path) -> Result<Self, FolderError> {
        let folder = Self(path.to_owned());
        let is_there = folder.database().is_file();
        is_there.then_some(folder).ok_or_else(|| FolderError::NoWorkspace { path: path.to_owned() })
    }

    /// Gives the place of the database.
    pub fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// Keeps other servers out.
    pub fn lock(&self) -> Result<FolderLock, FolderError> {
        let refuse = |cause| FolderError::NotWritable { path: self.0.clone(), cause };
        let file = lock_file(&self.0).map_err(|cause| refuse(cause.kind()))?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock { _file: file, database: self.database() }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse { path: self.0.clone() }),
            Err(TryLockError::Error(cause)) => Err(refuse(cause.kind())),
        }
    }

    /// Says whether nobody keeps others out, without making or changing anything.
    pub fn is_free(&self) -> bool {
        let lock = File::open(self.0.join(LOCK));
        lock.is_ok_and(|lock| lock.try_lock().is_ok()) || !self.0.join(LOCK).exists()
    }

    /// Opens the comments that wait for a moderator, in a folder of their own.
    pub fn held(&self) -> Result<HeldComments, FolderError> {
        let folder = self.0.join(HELD);
        make_folder(&folder).map_err(|cause| FolderError::NotWritable {
            path: folder.clone(),
            cause: cause.kind(),
        })?;
        let path = folder.join(COMMENTS);
        HeldComments::open(&path, clock::now_ms()).map_err(|cause| unopened(path, cause))
    }

    /// Opens the database in the folder, makes it if absent, and breaks its seal.
    pub fn store(&self) -> Result<SqliteStore, FolderError> {
        let path = self.database();
        data_seal::remove(&path).map_err(|cause| FolderError::NotWritable {
            path: self.0.clone(),
            cause: cause.kind(),
        })?;
        SqliteStore::open(&path).map_err(|cause| unopened(path, cause))
    }
}

fn unopened(path: PathBuf, cause: OpenError) -> FolderError {
    match cause {
        OpenError::Newer { found, known } => FolderError::Newer { path, found, known },
        OpenError::NotADatabase => FolderError::NotADatabase { path },
        OpenError::Thread | OpenError::Store(_) => FolderError::Database { path, cause },
    }
}

impl FolderLock {
    /// Seals the database, which has just been closed. What is still open is not sealed.
    pub fn seal(&self) {
        let sealed = if copying::write_ahead(&self.database).exists() {
            data_seal::remove(&self.database)
        } else {
            data_seal::write(&self.database)
        };
        if let Err(cause) = sealed {
            tracing::warn!(%cause, "the database could not be sealed; `talkoot verify` sees less");
        }
    }
}

/// Makes the folder for its owner alone: it holds what people have not published.
#[cfg(unix)]
fn make_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_folder(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}

fn lock_file(folder: &Path) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))
}
