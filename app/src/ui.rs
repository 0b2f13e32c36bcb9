//! The parts that screens are made of, one a file. They know no network and no storage.

#![expect(
    unreachable_pub,
    clippy::needless_pass_by_value,
    reason = "a component is `pub` whatever it says, and owns what it is given"
)]

pub(crate) mod account_panel;
pub(crate) mod acts;
pub(crate) mod announcer;
pub(crate) mod avatar;
pub(crate) mod bars;
pub(crate) mod begin;
pub(crate) mod begun;
pub(crate) mod begun_text;
pub(crate) mod choice_card;
pub(crate) mod choosing;
pub(crate) mod chosen_bar;
pub(crate) mod dialog;
pub(crate) mod draft_editor;
pub(crate) mod dropped;
pub(crate) mod empty;
pub(crate) mod export_page;
pub(crate) mod export_transfer;
pub(crate) mod fault_text;
pub(crate) mod field;
pub(crate) mod fold;
pub(crate) mod icon;
pub(crate) mod language;
pub(crate) mod more;
pub(crate) mod names;
pub(crate) mod nav;
pub(crate) mod new_document;
pub(crate) mod new_practice;
pub(crate) mod overall;
pub(crate) mod page;
pub(crate) mod passages;
pub(crate) mod prose;
pub(crate) mod record_row;
pub(crate) mod save_fault;
pub(crate) mod save_line;
pub(crate) mod search_field;
pub(crate) mod segment;
pub(crate) mod shell;
pub(crate) mod sidebar;
pub(crate) mod sign_out;
pub(crate) mod sort_choice;
pub(crate) mod sync_mark;
pub(crate) mod tabs;
pub(crate) mod text_editor;
pub(crate) mod theme;
pub(crate) mod toast;
pub(crate) mod topbar;
pub(crate) mod virtual_list;
pub(crate) mod waiting_row;
