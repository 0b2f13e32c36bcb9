//! A text as Markdown: `CommonMark` with GitHub's tables, check lists and `~~`.
//!
//! What Markdown cannot say is said in six bare tags that other programs show
//! rightly as well: `<u>`, `<br>`, and `<strong>`, `<em>`, `<del>`, `<code>`
//! where signs would be read wrongly. Any other HTML is read as the words it is written in.
//!
//! The law: reading what was written gives the same tree, but for what
//! Markdown has no form for (empty lines, blocks and spans in table cells).

mod escape;
mod inline;
mod read;
mod write;

pub use read::read;
pub use write::write;
