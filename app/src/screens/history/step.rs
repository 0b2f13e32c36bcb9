//! What a version came from, who made it and on which device, in words.

use leptos::prelude::*;
use talkoot_core::change::Frontier;
use talkoot_core::history::{Step, Version};
use talkoot_core::id::{RecordId, ReplicaId};

use super::Page;
use crate::i18n::{Tongue, words};
use crate::ui::names::who;
use crate::workspace::Workspace;

/// Says what somebody called a version, or else what kind of step it was.
pub(super) fn called(tongue: Tongue, workspace: Workspace, page: Page, it: &Version) -> String {
    let name = it.name.as_ref().map(|name| name.name.clone());
    name.unwrap_or_else(|| said(tongue, workspace, page, it))
}

/// Says what kind of step a version was.
fn said(tongue: Tongue, workspace: Workspace, page: Page, version: &Version) -> String {
    let word = match &version.step {
        Step::Begun => words::history::BEGUN,
        Step::Adopted { origin } => return adopted(tongue, workspace, *origin),
        Step::Written => words::history::WRITTEN,
        Step::Received => words::history::RECEIVED,
        Step::Suggested => words::history::SUGGESTED,
        Step::Accepted { by, section } => {
            let (section, by) =
                (tongue.say(section.label), by.map(|by| who(tongue, workspace, by)));
            return tongue.tell(&words::history::accepted(section, by.unwrap_or_default()));
        }
        Step::Declined { .. } => words::history::DECLINED,
        Step::Commented => words::history::COMMENTED,
        Step::InUse => words::history::IN_USE,
        Step::Restored { to } => return restored(tongue, page, to),
        Step::Published => words::history::PUBLISHED,
        Step::Unpublished => words::history::UNPUBLISHED,
        Step::Trashed => words::history::TRASHED,
        Step::TakenOut => words::history::TAKEN_OUT,
    };
    tongue.say(word).to_owned()
}

fn adopted(tongue: Tongue, workspace: Workspace, origin: RecordId) -> String {
    match workspace.title_of(origin) {
        Some(original) => tongue.tell(&words::history::adopted_from(original)),
        None => tongue.say(words::history::ADOPTED).to_owned(),
    }
}

/// The version that it went back to may lie between others by now; then it has no time of its own.
fn restored(tongue: Tongue, page: Page, to: &Frontier) -> String {
    let at_ms = page.history.with(|history| history.as_ref()?.time_of(to));
    match at_ms {
        Some(at_ms) => tongue.tell(&words::history::restored_to(tongue.moment(at_ms))),
        None => tongue.say(words::history::RESTORED).to_owned(),
    }
}

/// Names the device, of those that belong to this account.
pub(super) fn device(tongue: Tongue, workspace: Workspace, replica: ReplicaId) -> Option<String> {
    if workspace.is_this_device(replica) {
        return Some(tongue.say(words::device::THIS).to_owned());
    }
    workspace.status.with(|status| {
        let device = status.devices.iter().find(|device| device.replica == replica);
        device.map(|device| device.name.clone())
    })
}
