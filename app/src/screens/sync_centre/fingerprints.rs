//! Comparing two devices by eye: the hash of each record as it is folded here.
//!
//! It is the one that `talkoot verify` prints: equal hashes, equal bytes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;

use crate::i18n::{use_tongue, words};
use crate::ui::icon::Icon;
use crate::ui::record_row::title;
use crate::workspace::use_workspace;

/// Records folded between two breaths.
const PIECE: usize = 8;
/// The most rows that are drawn; a name narrows them.
const ROWS_MAX: usize = 100;

/// A record with its hash in hex.
type Print = (RecordId, String);

/// Folds every record when it is opened, and lists the hashes.
#[component]
pub(super) fn Fingerprints() -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let prints = RwSignal::new(Vec::<Print>::new());
    let narrowed = RwSignal::new(String::new());
    let look = move |_| {
        let records: Vec<RecordId> =
            workspace.summaries.with_untracked(|all| all.iter().map(|it| it.record).collect());
        prints.set(Vec::new());
        spawn_local(async move {
            for piece in records.chunks(PIECE) {
                let Ok(some) = workspace.fingerprints(piece).await else { return };
                let gone = prints.try_update(|prints| prints.extend(some)).is_none();
                if gone {
                    return;
                }
            }
        });
    };
    let name = move |record: RecordId| {
        let summary = workspace.summaries.with(|all| all.get(record).cloned());
        summary.map(|summary| title(tongue, &summary)).unwrap_or_default()
    };
    let rows = move || {
        let words = narrowed.get().to_lowercase();
        let named = prints.get().into_iter().map(|(record, print)| (name(record), record, print));
        let mut found: Vec<_> =
            named.filter(|(name, ..)| name.to_lowercase().contains(&words)).collect();
        found.sort();
        let row = |(name, record, print): (String, RecordId, String)| {
            view! {
                <li class="row" data-record=record.to_string()>
                    <div class="row__b">
                        <b>{name}</b>
                        <code class="print">{print}</code>
                    </div>
                </li>
            }
        };
        found.into_iter().take(ROWS_MAX).map(row).collect_view()
    };
    view! {
        <details class="doneq" on:toggle=look>
            <summary>
                <Icon name="caret-right" />
                {tongue.word(words::transfer::COMPARE)}
            </summary>
            <div class="stack">
                <p class="muted">{tongue.word(words::transfer::COMPARE_TEXT)}</p>
                <label class="field">
                    <span>{tongue.word(words::transfer::COMPARE_NAME)}</span>
                    <input
                        type="search"
                        class="input"
                        on:input=move |event| narrowed.set(event_target_value(&event))
                    />
                </label>
                <ul class="rows rows--tight">{rows}</ul>
            </div>
        </details>
    }
}
