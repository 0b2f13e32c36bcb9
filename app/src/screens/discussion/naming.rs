//! Who and what can be named in a text: what this device knows, found by the letters typed so far.

use leptos::prelude::*;
use talkoot_core::change::discuss::Mentioned;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use super::draft::{Asking, Sort};
use crate::i18n::Tongue;
use crate::workspace::Workspace;

/// Most names in the list: what can be looked over at once.
const FOUND_MAX: usize = 8;

/// Somebody or something that can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// What is put into the text.
    pub(super) label: String,
    /// What tells it from others of the same name.
    pub(super) note: String,
    pub(super) of: Mentioned,
}

/// Finds whom or what the letters may mean, the best first.
pub(super) fn find(tongue: Tongue, workspace: Workspace, asking: &Asking) -> Vec<Found> {
    let typed = asking.typed.trim_end().to_lowercase();
    let mut found = match asking.sort {
        Sort::Person => people(workspace, &typed),
        Sort::Thing => things(tongue, workspace, &typed),
    };
    found.sort_by(|one, other| (one.0, &one.1.label).cmp(&(other.0, &other.1.label)));
    found.into_iter().map(|(_, found)| found).take(FOUND_MAX).collect()
}

fn people(workspace: Workspace, typed: &str) -> Vec<(u8, Found)> {
    workspace.people.with(|people| {
        let one = |(account, name): (&_, &String)| {
            let of = Mentioned::Account(*account);
            let found = Found { label: format!("@{name}"), note: String::new(), of };
            Some((rank(name, typed)?, found))
        };
        people.iter().filter_map(one).collect()
    })
}

fn things(tongue: Tongue, workspace: Workspace, typed: &str) -> Vec<(u8, Found)> {
    let is_thing = |it: &Summary| match it.kind {
        Kind::Programme
        | Kind::Project
        | Kind::Document
        | Kind::Organisation
        | Kind::Practice
        | Kind::Thread => it.trashed.is_none() && !it.title.trim().is_empty(),
        Kind::Notebook => false,
    };
    workspace.summaries.with(|all| {
        let one = |it: &std::sync::Arc<Summary>| {
            let rank = rank(&it.title, typed).filter(|_| is_thing(it))?;
            let note = tongue.say(it.kind.schema().label).to_owned();
            let of = Mentioned::Record(it.record);
            Some((rank, Found { label: it.title.trim().to_owned(), note, of }))
        };
        all.iter().filter_map(one).collect()
    })
}

/// Says how well a name fits small letters: it begins so, a word of it does, or they are in it.
fn rank(name: &str, typed: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(typed) {
        Some(0)
    } else if name.split_whitespace().any(|word| word.starts_with(typed)) {
        Some(1)
    } else {
        name.contains(typed).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn di26_a_name_is_found_by_its_beginning_then_by_a_word_then_by_any_letters() {
        let name = "Järjestöjen Neuvottelukunta";
        let table =
            [("", Some(0)), ("järj", Some(0)), ("neuvo", Some(1)), ("kunta", Some(2)), ("x", None)];
        for (typed, expected) in table {
            assert_eq!(rank(name, typed), expected, "{typed}");
        }
    }
}
