//! How a field holds what it says: one value, a set of them, a list of entries, or words.

use super::{Part, Shape};

/// The four ways of holding, of which the shapes are kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// One value of the shape itself.
    One,
    /// Several values of this shape, each once.
    Set(Shape),
    /// Entries in an order, each with these parts.
    List(&'static [Part]),
    /// Words in the record's text document.
    Words,
}

impl Shape {
    /// Says how a field of this shape holds what it says.
    pub fn holding(self) -> Holding {
        match self {
            Self::Line
            | Self::Text
            | Self::Passage
            | Self::Edit
            | Self::Version
            | Self::Account
            | Self::Code(_)
            | Self::Date
            | Self::Period
            | Self::Record(_)
            | Self::Thing
            | Self::Post
            | Self::Moment => Holding::One,
            Self::SetOfLines => Holding::Set(Self::Line),
            Self::SetOfCodes(list) => Holding::Set(Self::Code(list)),
            Self::SetOfRecords(kind) => Holding::Set(Self::Record(kind)),
            Self::List(parts) => Holding::List(parts),
            Self::RichText => Holding::Words,
        }
    }
}
