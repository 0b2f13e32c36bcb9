//! How much of an update's limits a step of rewriting takes up, estimated from above.
//!
//! To encode after each step and look would take as long as the square of the steps.

use super::super::node::Marks;
use super::super::prescan::Policy;
use super::super::shape::{Piece, Shape};

/// Bytes of a struct beside its words: ids, neighbours, a name.
const STRUCT_BYTES: usize = 48;
/// Bytes that a letter takes, of the words and in some worst case as a range that is deleted.
const LETTER_BYTES: usize = 4;

/// A part of the limits of an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    bytes: usize,
    structs: usize,
}

impl Weight {
    /// What nothing passes: everything goes into one update.
    pub(super) const MAX: Self = Self { bytes: usize::MAX, structs: usize::MAX };

    /// What goes into one part: half of an update, so that an estimate may be wrong.
    pub(super) const OF_A_PART: Self =
        Self { bytes: Policy::UPDATE.bytes_max / 2, structs: Policy::UPDATE.structs_max / 2 };

    /// Weighs writing an element or a run, or removing it: then a range for each struct, at the
    /// worst for each letter.
    pub(super) fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Element { attributes, children, .. } => {
                let own = Self::of_structs(attributes.len().saturating_add(1));
                children.iter().map(Self::of).fold(own, Self::with)
            }
            Shape::Run(pieces) => {
                pieces.iter().map(Self::of_piece).fold(Self::of_structs(1), Self::with)
            }
            Shape::Foreign => Self::of_structs(1),
        }
    }

    fn of_piece(piece: &Piece) -> Self {
        let Marks { bold, italic, underline, strike, code, ref link } = piece.marks;
        let marks = [bold, italic, underline, strike, code, link.is_some()];
        // A mark begins and ends with a struct; both say where a link leads.
        let structs = marks.into_iter().filter(|is_on| *is_on).count().saturating_mul(2);
        let words = piece.text.len().saturating_mul(LETTER_BYTES);
        let link = link.as_ref().map_or(0, |link| link.len().saturating_mul(2));
        let said = Self { bytes: words.saturating_add(link), structs: 0 };
        Self::of_structs(structs.saturating_add(1)).with(said)
    }

    fn of_structs(structs: usize) -> Self {
        Self { bytes: structs.saturating_mul(STRUCT_BYTES), structs }
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            structs: self.structs.saturating_add(other.structs),
        }
    }

    pub(super) fn passes(self, most: Self) -> bool {
        self.bytes > most.bytes || self.structs > most.structs
    }
}
