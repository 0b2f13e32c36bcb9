//! Why a scan refused: one variant for each rule.

use super::super::ledger::StructureError;

/// Why bytes are not an update that may be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    #[error("the update takes {bytes} bytes, at most {max} are taken")]
    TooLarge { bytes: usize, max: usize },
    #[error("the update holds more than {max} structs")]
    TooManyStructs { max: usize },
    #[error("the update holds {count} clients, at most {max} are taken")]
    TooManyClients { count: usize, max: usize },
    #[error("the bytes end at {at}, in the middle of something")]
    Truncated { at: usize },
    #[error("bytes follow the end of the update at {at}")]
    TrailingBytes { at: usize },
    #[error("the number at {at} is too long")]
    NumberTooLong { at: usize },
    #[error("{count} things are announced at {at} and only {remaining} bytes follow")]
    CountTooLarge { at: usize, count: u64, remaining: usize },
    #[error("the string at {at} is not UTF-8")]
    NotUtf8 { at: usize },
    #[error("client {client} is beyond the numbers that JavaScript counts exactly")]
    ClientTooLarge { client: u64 },
    #[error("client {client} is listed twice")]
    ClientTwice { client: u64 },
    #[error("client {client} is listed with nothing")]
    ClientEmpty { client: u64 },
    #[error("the clock of client {client} would pass its end")]
    ClockOverflow { client: u64 },
    #[error("the struct at {at} is empty")]
    EmptyStruct { at: usize },
    #[error("the update leaves out structs at {at}")]
    Skip { at: usize },
    #[error("content of kind {kind} at {at} does not belong in a text")]
    ContentKind { kind: u8, at: usize },
    #[error("a shared type of kind {kind} at {at} does not belong in a text")]
    TypeKind { kind: u8, at: usize },
    #[error("the parent marker at {at} is neither a name nor an id")]
    ParentMarker { at: usize },
    #[error("the name at {at} is not in the text schema")]
    UnknownName { at: usize },
    #[error("the value at {at} does not fit its name")]
    UnfitValue { at: usize },
    #[error("the value at {at} is of no known kind")]
    ValueKind { at: usize },
    #[error("the value at {at} is nested more than {max} deep")]
    ValueTooDeep { at: usize, max: usize },
    #[error("the deletions of client {client} are empty or out of order")]
    DeletesDisordered { client: u64 },
    #[error(transparent)]
    Structure(#[from] StructureError),
}

impl ScanError {
    /// Gives the stable code that a refusal carries; clients translate it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooManyStructs { .. } | Self::TooManyClients { .. } => {
                "text_too_large"
            }
            Self::Truncated { .. }
            | Self::TrailingBytes { .. }
            | Self::NumberTooLong { .. }
            | Self::CountTooLarge { .. }
            | Self::NotUtf8 { .. }
            | Self::ClientTooLarge { .. }
            | Self::ClientTwice { .. }
            | Self::ClientEmpty { .. }
            | Self::ClockOverflow { .. }
            | Self::EmptyStruct { .. }
            | Self::ParentMarker { .. }
            | Self::ValueKind { .. }
            | Self::DeletesDisordered { .. } => "text_malformed",
            Self::Skip { .. } => "text_gap",
            Self::ContentKind { .. }
            | Self::TypeKind { .. }
            | Self::UnknownName { .. }
            | Self::UnfitValue { .. } => "text_unknown_content",
            Self::ValueTooDeep { .. } => "text_too_deep",
            Self::Structure(cause) => cause.code(),
        }
    }
}
