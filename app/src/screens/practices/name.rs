//! What a choice is called, on the facets and on the chips alike.

use super::facet::{Facet, IN_USE};
use super::region;
use crate::i18n::{Tongue, Word, words};
use crate::workspace::Workspace;

/// Gives the label of a facet.
pub(super) fn of_facet(facet: Facet) -> Word {
    match facet {
        Facet::Phase => words::practices::PHASE,
        Facet::TargetGroup => words::practices::TARGET_GROUP,
        Facet::Evidence => words::practices::EVIDENCE,
        Facet::Area => words::practices::AREA,
        Facet::Sector => words::practices::SECTOR,
        Facet::Language => words::practices::LANGUAGE,
        Facet::Project => words::practices::PROJECT,
        Facet::Adopted => words::practices::ADOPTED,
    }
}

/// Gives the label of a code, following the language and the titles.
pub(super) fn of_code(tongue: Tongue, workspace: Workspace, facet: Facet, code: &str) -> String {
    let [ours, somewhere, _] = IN_USE;
    match (facet, facet.list()) {
        (Facet::Area, _) => of_area(tongue, code),
        (_, Some(list)) => tongue.code(list, code),
        (Facet::Project, None) => {
            let title = code.parse().ok().and_then(|project| workspace.title_of(project));
            title.unwrap_or_else(|| tongue.say(words::record::UNTITLED).to_owned())
        }
        (_, None) if code == ours => tongue.say(words::practices::OURS).to_owned(),
        (_, None) if code == somewhere => tongue.say(words::practices::SOMEWHERE).to_owned(),
        (_, None) => tongue.say(words::practices::NOWHERE).to_owned(),
    }
}

/// Gives the name of an area; what concerns the whole country is called so.
pub(super) fn of_area(tongue: Tongue, code: &str) -> String {
    if code == region::COUNTRY {
        return tongue.say(words::practices::NATIONAL).to_owned();
    }
    let names = region::names(code);
    names.map_or_else(|| code.to_owned(), |names| tongue.say(Word(names)).to_owned())
}
