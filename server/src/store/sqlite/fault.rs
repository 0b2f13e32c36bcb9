//! From SQLite's failures to the store's.

use rusqlite::ErrorCode;

use super::super::{AppendError, StoreError};

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        let code = cause.sqlite_error().map_or(0, |error| error.extended_code);
        match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { table: "(file)" }
            }
            _ => Self::Failed { code },
        }
    }
}

impl From<rusqlite::Error> for AppendError {
    fn from(cause: rusqlite::Error) -> Self {
        match cause.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Self::IdentityTaken,
            _ => Self::Store(cause.into()),
        }
    }
}
