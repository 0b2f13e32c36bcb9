//! Fields, driven by the schema: one component for each shape, none for each field.
//!
//! [`block`] shows a field and edits it in place; [`panel`] keeps it open. Both
//! are made of the same inputs. No field's name is known here.

pub(crate) mod areas;
pub(crate) mod block;
pub(crate) mod dates;
pub(crate) mod editor;
pub(crate) mod entries;
pub(crate) mod entry_form;
pub(crate) mod input;
pub(crate) mod lines;
mod records;
pub(crate) mod rich;
pub(crate) mod shown;
pub(crate) mod single;
pub(crate) mod text;
pub(crate) mod typed;
