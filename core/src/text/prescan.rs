//! The walk over a Yjs V1 update that comes before yrs sees a byte of it.
//!
//! yrs can be made to abort the process: by nesting, by counts, by clocks that
//! overflow. So the bytes are walked here first, without recursion and without
//! allocating for a count, and refused unless every struct is of the kinds that
//! the editor writes, under names of the text schema. What the walk learned
//! comes back as [`UpdateFacts`].
//!
//! What depends on the document that the update is meant for (gaps, unknown
//! parents) is `ledger`'s question. State vectors and awareness are walked
//! beside it, through the same [`Reader`].

mod awareness;
mod error;
mod facts;
mod foreign;
mod json;
mod reader;
mod state_vector;
mod value;
mod walk;

pub use awareness::{AwarenessState, encode_awareness, scan_awareness};
pub use error::ScanError;
pub use facts::{ClockRange, Content, DeleteRange, Parent, Struct, StructId, UpdateFacts};
pub use reader::Reader;
pub(crate) use state_vector::push_number;
pub use state_vector::{encode_state_vector, scan_state_vector};
pub(crate) use value::fits;
pub use value::{MarkValue, VALUE_DEPTH_MAX, Value};

use super::ledger::Ledger;

/// One past the highest clock that a struct may reach; yrs counts in `i32`.
pub const CLOCK_END: u32 = 1 << 31;

/// One past the highest Yjs client id; JavaScript counts exactly up to here.
pub const CLIENT_END: u64 = 1 << 53;

/// How much an update may hold, and under which names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub bytes_max: usize,
    pub structs_max: usize,
    pub clients_max: usize,
    pub names: Names,
    /// How many steps yrs may take to place an update's structs among each other: its whole cost
    /// must stay under 50 ms. Measured (release, `core/fuzz`, `cost`): the worst that 150,000 let
    /// through took 28 to 38 ms on a quiet machine, 49 beside builders; 200,000 took up to 55,
    /// 500,000 up to 224. What is refused costs the scan alone, some 2 ms.
    pub steps_max: u64,
}

/// Which names a scan lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// Those of this version's schema.
    #[default]
    Known,
    /// Any well-formed name: for reading what a newer version has written.
    Newer,
    /// Every name and kind of content that Yjs has, but documents inside documents: for what is
    /// no text of ours.
    Any,
}

impl Policy {
    /// For what one person sends at a time.
    pub const UPDATE: Self = Self {
        bytes_max: 1 << 20,
        structs_max: 20_000,
        clients_max: 1_000,
        names: Names::Known,
        steps_max: 150_000,
    };

    /// For a whole document, grown out of many admitted updates.
    pub const STATE: Self = Self {
        bytes_max: 16 << 20,
        structs_max: 500_000,
        // Every editing session is a client of its own, for as long as the text lives.
        clients_max: 100_000,
        names: Names::Known,
        // Many writers' structs come together here, each of which was judged when it came.
        steps_max: u64::MAX,
    };

    /// Lets the names of a newer schema through: for read-only use alone.
    #[must_use]
    pub const fn newer(self) -> Self {
        Self { names: Names::Newer, ..self }
    }

    /// Lets everything through that Yjs can hold, within the same bounds.
    #[must_use]
    pub const fn any(self) -> Self {
        // One text of many writers may fill such a document, and no device of ours opens it.
        Self { names: Names::Any, steps_max: u64::MAX, ..self }
    }
}

/// Scans an update as the gate does: [`Policy::UPDATE`], and in itself whole.
pub fn scan_update(bytes: &[u8]) -> Result<UpdateFacts, ScanError> {
    scan_whole(bytes, &Policy::UPDATE)
}

/// Scans an update under a policy, and that its structs hang together as far as it tells.
pub fn scan_whole(bytes: &[u8], policy: &Policy) -> Result<UpdateFacts, ScanError> {
    let facts = scan_bytes(bytes, policy)?;
    Ledger::assuming(&facts).admit(&facts)?;
    Ok(facts)
}

/// Walks the bytes alone; the caller asks a [`Ledger`] how the structs hang together.
pub fn scan_bytes(bytes: &[u8], policy: &Policy) -> Result<UpdateFacts, ScanError> {
    if bytes.len() > policy.bytes_max {
        return Err(ScanError::TooLarge { bytes: bytes.len(), max: policy.bytes_max });
    }
    let mut reader = Reader::new(bytes);
    let mut facts =
        UpdateFacts { names: policy.names, steps_max: policy.steps_max, ..UpdateFacts::default() };
    walk::structs(&mut reader, policy, &mut facts)?;
    walk::deletes(&mut reader, policy, &mut facts)?;
    match reader.remaining() {
        0 => Ok(facts),
        _ => Err(ScanError::TrailingBytes { at: reader.at() }),
    }
}
