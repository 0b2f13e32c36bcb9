//! Every number that bounds what may enter, with its unit and its reason.
//!
//! A limit is checked where bytes or intents come in ([`crate::access`]); the
//! fold itself never refuses.

/// Largest encoded change, in bytes: a text update of 1 MiB and its envelope.
pub const CHANGE_BYTES_MAX: usize = 1_048_576 + 4_096;
/// Most operations in one change: a form with every field, twice over.
pub const OPS_MAX: usize = 256;
/// Most writes that one operation may replace: a choice among this many devices.
pub const REPLACED_MAX: usize = 256;
/// Longest single-line text in a field, in characters.
pub const LINE_CHARS_MAX: usize = 300;
/// Longest plain text in a field, in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Largest formatted text that is a value, in bytes of the update that says it.
pub const PASSAGE_BYTES_MAX: usize = 131_072;
/// Most replicas that a version of a record names: everybody who ever wrote in it.
pub const VERSION_REPLICAS_MAX: usize = 4_096;
/// Longest reason of a publishing, in characters: some sentences beside each improvement.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Longest post of a thread, in characters: four pages; what is longer is a document.
pub const POST_CHARS_MAX: usize = 10_000;
/// Longest passage that a post quotes, in characters.
pub const QUOTE_CHARS_MAX: usize = 2_000;
/// Most people and things that one post names.
pub const MENTIONS_MAX: usize = 64;
/// Most posts of one thread.
pub const POSTS_MAX: usize = 20_000;
/// How often one thing of a post is said anew: its words, its standing, a reaction of somebody.
pub const SAYINGS_MAX: usize = 256;
/// Longest subject, name or organisation of an open comment, in characters.
pub const COMMENT_LINE_CHARS_MAX: usize = 120;
/// Longest open comment, in characters: a page and a half, with room for marks of what a moderator
/// removes ([`TEXT_CHARS_MAX`]).
pub const COMMENT_CHARS_MAX: usize = 3_000;
/// Longest reason for not publishing a comment, in characters.
pub const REFUSAL_CHARS_MAX: usize = 500;
/// Most records that one account has notes of.
pub const NOTES_MAX: usize = 50_000;
/// Longest code of a controlled list, in bytes.
pub const CODE_BYTES_MAX: usize = 32;
/// Most entries of a set or a list field.
pub const ITEMS_MAX: usize = 500;
/// Longest position key of a list item, in bytes.
pub const POSITION_BYTES_MAX: usize = 64;
/// Most changes in one message: keeps a message below a mobile line's patience.
pub const MESSAGE_CHANGES_MAX: usize = 500;
/// Largest message, in bytes.
pub const MESSAGE_BYTES_MAX: usize = 4 * 1_048_576;
/// Where a reply with changes is closed, in bytes, so that it arrives in pieces.
pub const REPLY_BYTES_SOFT_MAX: usize = 512 * 1_024;
/// Largest presence of one editor, in bytes.
pub const PRESENCE_BYTES_MAX: usize = 4_096;
/// Longest name of a device, in characters.
pub const DEVICE_CHARS_MAX: usize = 80;
/// How far ahead of this device's clock another stamp may pull it, in milliseconds (one day).
/// A stamp beyond that is kept as it is, but does not drag honest clocks along.
pub const CLOCK_AHEAD_MAX_MS: u64 = 86_400_000;
/// How long a thing stays in the bin, in milliseconds (30 days).
pub const BIN_MS: u64 = 30 * 86_400_000;
/// Largest transfer file, in bytes: a programme of some years on a small stick.
pub const TRANSFER_FILE_BYTES_MAX: usize = 64 * 1_048_576;
/// Largest unpacked transfer file, in bytes: what a phone can hold beside the app.
pub const TRANSFER_BODY_BYTES_MAX: usize = 128 * 1_048_576;
/// How many times larger a transfer file may become when it is unpacked. Signatures do not pack,
/// so honest ones stay below ten; deflate alone would allow a thousand.
pub const TRANSFER_RATIO_MAX: usize = 64;
/// Most changes in one transfer file.
pub const TRANSFER_CHANGES_MAX: usize = 200_000;
/// Most makers in one transfer file.
pub const TRANSFER_MAKERS_MAX: usize = 20_000;
/// Fewest letters of a passphrase that locks a file: who finds the file may guess at leisure, and
/// fewer are found within days.
pub const PASSPHRASE_CHARS_MIN: usize = 10;
/// How much work guessing a passphrase takes, as a power of two: 64 MiB and half a second on an
/// old laptop.
pub const TRANSFER_WORK_LOG2: u8 = 16;
/// Most work that a locked file may ask for: what `age -p` asks, 256 MiB.
pub const TRANSFER_WORK_LOG2_MAX: u8 = 18;
