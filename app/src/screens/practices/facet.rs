//! The kinds of narrowing, and which codes of each a practice has. Pure.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use talkoot_core::id::RecordId;
use talkoot_core::schema::area;
use talkoot_core::summary::{PracticeSummary, Summary};

use super::region;

/// One way to narrow the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    Phase,
    TargetGroup,
    Evidence,
    Area,
    Sector,
    Language,
    Project,
    Adopted,
}

/// The codes of [`Facet::Adopted`]: in use in one's own project, somewhere, nowhere yet.
pub(super) const IN_USE: [&str; 3] = ["ours", "somewhere", "nowhere"];

impl Facet {
    /// All of them, in the order in which people see them.
    pub(super) const ALL: [Self; 8] = [
        Self::Phase,
        Self::TargetGroup,
        Self::Evidence,
        Self::Area,
        Self::Sector,
        Self::Language,
        Self::Project,
        Self::Adopted,
    ];

    /// The name in the address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::TargetGroup => "for",
            Self::Evidence => "evidence",
            Self::Area => "area",
            Self::Sector => "sector",
            Self::Language => "language",
            Self::Project => "project",
            Self::Adopted => "use",
        }
    }

    /// The controlled list that its codes are of, if they are of one.
    pub(super) fn list(self) -> Option<&'static str> {
        match self {
            Self::Phase => Some("phase"),
            Self::TargetGroup => Some("target_group"),
            Self::Evidence => Some("evidence_level"),
            Self::Area => Some("area"),
            Self::Sector => Some("sector"),
            Self::Language => Some("language"),
            Self::Project | Self::Adopted => None,
        }
    }

    /// A bit of its own, so that a set of facets is one number.
    pub(super) fn bit(self) -> u8 {
        match self {
            Self::Phase => 1,
            Self::TargetGroup => 1 << 1,
            Self::Evidence => 1 << 2,
            Self::Area => 1 << 3,
            Self::Sector => 1 << 4,
            Self::Language => 1 << 5,
            Self::Project => 1 << 6,
            Self::Adopted => 1 << 7,
        }
    }

    /// Lists the codes that a practice has, each once.
    pub(super) fn codes(self, summary: &Summary, mine: &BTreeSet<RecordId>) -> Vec<String> {
        let practice = summary.practice.as_ref();
        let one = |code: Option<&String>| code.into_iter().cloned().collect();
        match self {
            Self::Phase => one(summary.subkind.as_ref()),
            Self::TargetGroup => practice.map(|it| it.target_groups.clone()).unwrap_or_default(),
            Self::Evidence => one(practice.and_then(|it| it.evidence.as_ref())),
            Self::Area => region::of_all(&summary.areas).into_iter().map(str::to_owned).collect(),
            Self::Sector => practice.map(|it| it.sectors.clone()).unwrap_or_default(),
            Self::Language => one(summary.language.as_ref()),
            Self::Project => summary.project.iter().map(ToString::to_string).collect(),
            Self::Adopted => in_use(summary, mine).into_iter().map(str::to_owned).collect(),
        }
    }
}

/// A practice in use in one's own project is in use somewhere, too.
fn in_use(summary: &Summary, mine: &BTreeSet<RecordId>) -> Vec<&'static str> {
    let [ours, somewhere, nowhere] = IN_USE;
    let users = || summary.practice.iter().flat_map(PracticeSummary::users);
    if users().next().is_none() {
        vec![nowhere]
    } else if users().any(|project| mine.contains(&project)) {
        vec![ours, somewhere]
    } else {
        vec![somewhere]
    }
}

/// The phases, from the first to the last.
static PHASES: LazyLock<Vec<&str>> = LazyLock::new(|| codes_of("phase"));
/// The levels of evidence, from weak to strong.
static LEVELS: LazyLock<Vec<&str>> = LazyLock::new(|| codes_of("evidence_level"));

fn codes_of(list: &str) -> Vec<&'static str> {
    area::codes(list).map(|code| code.code).collect()
}

/// Says how strong the evidence of a practice is, from 1; 0 where nobody has said it.
pub(super) fn strength(summary: &Summary) -> usize {
    let level = summary.practice.as_ref().and_then(|it| it.evidence.as_deref());
    place_in(&LEVELS, level)
}

/// Says how far the development of a practice has come, from 1; 0 where nobody has said it.
pub(super) fn phase(summary: &Summary) -> usize {
    place_in(&PHASES, summary.subkind.as_deref())
}

/// Says how many phases there are.
pub(super) fn phases() -> usize {
    PHASES.len()
}

fn place_in(list: &[&str], code: Option<&str>) -> usize {
    let place = code.and_then(|code| list.iter().position(|it| *it == code));
    place.map_or(0, |place| place + 1)
}
