//! One put a record into the bin while another worked on it. The text stays as it is meanwhile.

use leptos::prelude::*;
use talkoot_core::access::Deal;
use talkoot_core::choice::Side;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::record::Deed;

use super::side::Card;
use crate::i18n::{Tongue, use_tongue, words};
use crate::record_session::RecordSession;
use crate::ui::acts::use_acts;
use crate::ui::names::{device, who};
use crate::workspace::{Workspace, use_workspace};

/// Asks whether the record stays.
#[component]
pub(super) fn TrashingChoice(
    record: RecordId,
    session: RecordSession,
    trashed: Vec<Side<bool>>,
    edits: Vec<Deed>,
) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let acts = use_acts();
    let may_trash = Memo::new(move |_| session.may(Deal::Trash));
    let deeds = StoredValue::new(lines(&trashed, &edits));
    let said = move || {
        deeds.with_value(|deeds| {
            deeds.iter().map(|it| it.say(tongue, workspace)).collect::<Vec<_>>()
        })
    };
    view! {
        <Card
            id="h-choice-trashing"
            title=Signal::derive(move || tongue.say(words::choice::TRASHING).to_owned())
            text=Signal::derive(move || tongue.say(words::choice::TRASHING_TEXT).to_owned())
        >
            <ul class="rows rows--tight">
                {move || said().into_iter().map(|line| view! { <li class="row">{line}</li> }).collect_view()}
            </ul>
            <div class="acts">
                <Show when=move || may_trash.get()>
                    <button type="button" class="btn btn--primary" on:click=move |_| acts.restore(record)>
                        {tongue.word(words::choice::KEEP)}
                    </button>
                    <button type="button" class="btn btn--line" on:click=move |_| acts.trash(record)>
                        {tongue.word(words::choice::BIN)}
                    </button>
                </Show>
                <a class="btn btn--quiet" href="#text" rel="external">
                    {tongue.word(words::choice::SEE_TEXT)}
                </a>
            </div>
        </Card>
    }
}

/// What somebody did, for the card to tell.
#[derive(Clone, Copy)]
struct Line {
    did: Did,
    author: AccountId,
    change: ChangeId,
    at_ms: u64,
}

#[derive(Clone, Copy)]
enum Did {
    Trashed,
    Restored,
    Edited,
}

/// Lists who did what, oldest first.
fn lines(trashed: &[Side<bool>], edits: &[Deed]) -> Vec<Line> {
    let trashed = trashed.iter().map(|side| Line {
        did: if side.value { Did::Trashed } else { Did::Restored },
        author: side.author,
        change: side.change,
        at_ms: side.stamp.wall_ms,
    });
    let edited = edits.iter().map(|deed| Line {
        did: Did::Edited,
        author: deed.author,
        change: deed.change,
        at_ms: deed.stamp.wall_ms,
    });
    let mut lines: Vec<_> = trashed.chain(edited).collect();
    lines.sort_by_key(|line| line.at_ms);
    lines
}

impl Line {
    fn say(self, tongue: Tongue, workspace: Workspace) -> String {
        let who = who(tongue, workspace, self.author);
        let when = tongue.moment(self.at_ms);
        let said = tongue.tell(&match self.did {
            Did::Trashed => words::choice::trashed_by(who, when),
            Did::Restored => words::choice::restored_by(who, when),
            Did::Edited => words::choice::edited_by(who, when),
        });
        format!("{said} · {}", device(tongue, workspace, self.author, self.change.replica))
    }
}
