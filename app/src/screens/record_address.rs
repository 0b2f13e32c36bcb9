//! From an address to the record it names, and to the right address when the title has changed.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use crate::address;
use crate::workspace::use_workspace;

/// Reads the record of the address; `None` where the address names none.
pub(crate) fn use_record() -> Memo<Option<RecordId>> {
    let params = use_params_map();
    Memo::new(move |_| address::record_of(&params.with(|it| it.get("address")).unwrap_or_default()))
}

/// Replaces an address that has an old slug, without a new step in the history (rule P3).
pub(crate) fn keep_address(kind: Kind, record: RecordId) {
    let workspace = use_workspace();
    let navigate = use_navigate();
    let location = use_location();
    let title = Memo::new(move |_| {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.filter(|it| it.kind == kind).map(|it| it.title.clone())
    });
    Effect::new(move || {
        let Some(title) = title.get() else { return };
        let right = address::of(kind, record, &title);
        let now = location.pathname.get_untracked();
        let of_this = now.contains(&record.to_string());
        let below = ["/edit", "/history"].into_iter();
        let mut below = below.filter_map(|rest| Some((now.strip_suffix(rest)?, rest)));
        let (page, rest) = below.next().unwrap_or((now.as_str(), ""));
        if of_this && page != right {
            let search = location.search.get_untracked();
            let query = if search.is_empty() { String::new() } else { format!("?{search}") };
            let hash = location.hash.get_untracked();
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("{right}{rest}{query}{hash}"), options);
        }
    });
}
