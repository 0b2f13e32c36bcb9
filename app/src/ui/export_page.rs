//! Buttons that write a practice or a document as a file for those without the app.
//!
//! Nothing is asked of the server: core writes the page from what lies here (rules P40, P41), as
//! its readers see it (rule P52).

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::id::RecordId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record_page::{self, RecordPage};
use talkoot_core::summary::Summary;

use super::icon::Icon;
use super::toast::use_toasts;
use crate::address;
use crate::device;
use crate::device::download::save_bytes;
use crate::i18n::{Tongue, Word, use_tongue, words};
use crate::record_session::RecordSession;
use crate::time_text;
use crate::workspace::{Workspace, use_workspace};

/// The name of a file whose record has no title.
const NAMELESS: &str = "talkoot";

/// A form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Html,
}

impl Form {
    fn word(self) -> Word {
        match self {
            Self::Markdown => words::export::MARKDOWN,
            Self::Html => words::export::PAGE,
        }
    }

    /// Gives the end of the file's name and its media type.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Markdown => ("md", "text/markdown;charset=utf-8"),
            Self::Html => ("html", "text/html;charset=utf-8"),
        }
    }
}

/// Draws the two buttons.
#[component]
pub(crate) fn ExportPage(session: RecordSession) -> impl IntoView {
    let tongue = use_tongue();
    let workspace = use_workspace();
    let toasts = use_toasts();
    let button = |form: Form| {
        let export = move |_| {
            spawn_local(async move {
                let saved = save(session, workspace, tongue, form).await;
                toasts.say(if saved { words::export::EXPORTED } else { words::fault::ACT });
            });
        };
        view! {
            <button type="button" class="btn btn--quiet" on:click=export>
                <Icon name="export" />
                {tongue.word(form.word())}
            </button>
        }
    };
    [Form::Markdown, Form::Html].map(button).collect_view()
}

/// Hands the person the file. Says whether there was one to hand.
async fn save(session: RecordSession, workspace: Workspace, tongue: Tongue, form: Form) -> bool {
    let write = |open: &OpenRecord| untrack(|| write(open, workspace, tongue, form));
    let written = session.with_published(write).await;
    let Some(Some((title, text))) = written else { return false };
    let (end, media_type) = form.kind();
    let slug = Some(address::slug(&title)).filter(|slug| !slug.is_empty());
    let name = format!("{}.{end}", slug.unwrap_or_else(|| NAMELESS.to_owned()));
    save_bytes(&name, media_type, text.as_bytes())
}

/// Writes the page, in the language that is spoken now; gives the title with it.
fn write(
    open: &OpenRecord,
    workspace: Workspace,
    tongue: Tongue,
    form: Form,
) -> Option<(String, String)> {
    let summary = Summary::of(open)?;
    let names = |record: RecordId| workspace.title_of(record);
    let page = RecordPage {
        record: &open.record,
        summary: &summary,
        texts: &record_page::texts(open),
        language: tongue.language(),
        names: &names,
        // Only the posts of a thread ask for these, and a thread is not handed out as a page.
        people: &|_| None,
        clock: &|_| None,
        is_public: false,
    };
    let when = tongue.date(time_text::local(device::now_ms()).date());
    let host = window().location().origin().unwrap_or_default();
    let address = address::of(summary.kind, summary.record, &summary.title);
    let source = tongue.tell(&words::export::source(when, format!("{host}{address}")));
    let text = match form {
        Form::Markdown => page.markdown(Some(&source)),
        Form::Html => page.html_file(&source),
    };
    Some((summary.title.clone(), text))
}
