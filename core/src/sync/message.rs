//! The words of the sync conversation. Tags are forever.

use minicbor::{Decode, Encode};

pub use super::holding::{Holding, Verdict};
use crate::access::Caller;
use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
use crate::sign::{PublicKey, SignedChange};
use crate::transfer::Maker;

/// The version of the conversation. A client below what the server speaks is told to update.
pub const PROTOCOL: u16 = 1;

/// How far a device has read the server's log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Cursor {
    /// How far this device has read, as the server counts it: more is later, and no more is known
    /// of it here.
    #[n(0)]
    pub sequence: u64,
    /// Which log that was: a server restored from a backup starts another one.
    #[n(1)]
    pub log: u64,
    /// Which rights the account had; other rights mean reading from the beginning.
    #[n(2)]
    pub rights: u64,
}

/// What a device says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ClientMessage {
    /// Opens every conversation.
    #[n(0)]
    Hello(#[n(0)] Hello),
    /// Hands over changes from the outbox, oldest first.
    #[n(1)]
    Push(#[n(0)] Vec<SignedChange>),
    /// Asks for what came after a cursor.
    #[n(2)]
    Pull(#[n(0)] Cursor),
    /// Says where its person is in a text; lossy, never stored.
    #[n(3)]
    Presence(#[n(0)] Presence),
    /// Gives back what a server lost when it was restored from a backup: changes of whomever, in
    /// an order in which they could have been pushed. Each is judged by its author's rights.
    #[n(4)]
    Return(#[n(0)] Vec<SignedChange>),
    /// Asks whether the server holds the same of a record.
    #[n(5)]
    Compare(#[n(0)] Holding),
}

/// Who is talking, and from where on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hello {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub key: PublicKey,
    /// What its person calls the device.
    #[n(2)]
    pub device: String,
    #[n(3)]
    pub cursor: Cursor,
    /// Changes still waiting in its outbox, shown to its person on other devices.
    #[n(4)]
    pub waiting: u32,
}

/// One editor's presence in a record: a Yjs awareness update, passed on unread.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Presence {
    #[n(0)]
    pub record: RecordId,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub state: Vec<u8>,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ServerMessage {
    #[n(0)]
    Welcome(#[n(0)] Welcome),
    /// These changes are stored for good.
    #[n(1)]
    Stored(#[n(0)] Vec<ChangeId>),
    /// This change was not taken in.
    #[n(2)]
    Refused {
        #[n(0)]
        id: Option<ChangeId>,
        #[n(1)]
        code: String,
    },
    /// A piece of the log.
    #[n(3)]
    Entries(#[n(0)] Page),
    /// Somebody else's presence, stamped by the server.
    #[n(4)]
    Present {
        #[n(0)]
        account: AccountId,
        #[n(1)]
        replica: ReplicaId,
        #[n(2)]
        presence: Presence,
    },
    /// The people whose names may be shown.
    #[n(5)]
    People(#[n(0)] Vec<Person>),
    /// The answer to [`ClientMessage::Compare`].
    #[n(6)]
    Compared {
        #[n(0)]
        record: RecordId,
        #[n(1)]
        verdict: Verdict,
        /// The sequence of the record's last change there: a device that has not read so far
        /// learns nothing from the verdict.
        #[n(2)]
        latest: u64,
    },
}

/// The server's answer to [`Hello`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Welcome {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub caller: Caller,
    /// What the device's cursor has to name from now on.
    #[n(2)]
    pub rights: u64,
    #[n(3)]
    pub log: u64,
    /// The server's time, in milliseconds since 1970.
    #[n(4)]
    pub now_ms: u64,
    /// This account's devices, the talking one included.
    #[n(5)]
    pub devices: Vec<Device>,
    /// The server's own keys, and its word for the talking device: what travels with a transfer
    /// file, so that it is believed where no server is.
    #[cbor(n(6), default)]
    pub makers: Vec<Maker>,
}

/// A device of the caller's account, as the server last saw it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Device {
    #[n(0)]
    pub replica: ReplicaId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub seen_ms: u64,
    #[n(3)]
    pub waiting: u32,
}

/// A person's name as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Person {
    #[n(0)]
    pub account: AccountId,
    #[n(1)]
    pub name: String,
}

/// A piece of the log, as far as the caller may see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Page {
    #[n(0)]
    pub entries: Vec<Entry>,
    /// The sequence that this page follows; a device that has not read so far asks again.
    #[n(4)]
    pub after: u64,
    /// The device's cursor once it has stored this page.
    #[n(1)]
    pub cursor: Cursor,
    /// Whether more follows at once.
    #[n(2)]
    pub more: bool,
    /// Whether a reading from the beginning starts here. It ends with the first page that has no
    /// more; what it did not bring until then is out of the caller's sight, and is forgotten.
    #[n(3)]
    pub from_start: bool,
    /// Who made the changes, as far as the server knows them, with its word for each.
    #[cbor(n(5), default)]
    pub makers: Vec<Maker>,
}

/// One thing that the log tells a device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Entry {
    /// A change, with the record it belongs to so that even an unreadable one has a place.
    #[n(0)]
    Change {
        #[n(0)]
        record: RecordId,
        /// When it reached the server, in milliseconds since 1970.
        #[n(1)]
        arrived_ms: u64,
        #[n(2)]
        change: SignedChange,
    },
    /// The caller may no longer see this record: forget it, but never what waits to be sent.
    #[n(1)]
    Conceal {
        #[n(0)]
        record: RecordId,
    },
}

/// Why the server ends a conversation, as a WebSocket close code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    SignedOut,
    NotAllowed,
    TakenOver,
    TooOld,
    TooMuch,
}

impl Close {
    /// Every reason that has a code.
    pub const ALL: [Self; 5] =
        [Self::SignedOut, Self::NotAllowed, Self::TakenOver, Self::TooOld, Self::TooMuch];

    /// The code on the wire.
    pub fn code(self) -> u16 {
        match self {
            Self::SignedOut => 4401,
            Self::NotAllowed => 4403,
            Self::TakenOver => 4409,
            Self::TooOld => 4426,
            Self::TooMuch => 4429,
        }
    }

    /// Reads a code; any other is an ordinary break of the line.
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|close| close.code() == code)
    }
}
