//! What a person asked to see of the library. Lives in the address, so that "back" works.
//!
//! Pure: the address in, the address out. What shows, [`Shelf`] says.
//!
//! [`Shelf`]: super::shelf::Shelf

use std::fmt::Write as _;

use super::facet::Facet;

/// How many practices are drawn at first, and how many more at each asking.
pub(super) const STEP: usize = 60;

/// Where the library lies.
const PATH: &str = "/practices";

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    #[default]
    Adopted,
    Latest,
    Evidence,
    Title,
}

/// The narrowings, the words, the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) words: String,
    /// Each choice once, in the order of the facets.
    pub(super) chosen: Vec<(Facet, String)>,
    pub(super) sort: Sort,
    /// How often more of the list was asked for.
    pub(super) more: usize,
}

impl Sort {
    /// All of them, in the order in which people choose.
    pub(super) const ALL: [Self; 4] = [Self::Adopted, Self::Latest, Self::Evidence, Self::Title];

    /// The value in the address and in the form.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Adopted => "",
            Self::Latest => "latest",
            Self::Evidence => "evidence",
            Self::Title => "title",
        }
    }
}

impl Filter {
    /// Reads the address. What it does not understand, it leaves out.
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).unwrap_or_default();
        let mut chosen = Vec::new();
        for facet in Facet::ALL {
            for code in get(facet.name()).split(',').filter(|code| !code.is_empty()) {
                let choice = (facet, code.to_owned());
                if !chosen.contains(&choice) {
                    chosen.push(choice);
                }
            }
        }
        let sort = get("sort");
        Self {
            words: get("q"),
            chosen,
            sort: Sort::ALL.into_iter().find(|it| it.code() == sort).unwrap_or_default(),
            more: get("more").parse().unwrap_or_default(),
        }
    }

    /// Writes the address; what is as usual is left out.
    pub(super) fn write(&self, escape: impl Fn(&str) -> String) -> String {
        let mut address = PATH.to_owned();
        let mut part = |name: &str, value: &str| {
            if !value.is_empty() {
                let mark = if address.contains('?') { '&' } else { '?' };
                // Writing into a String cannot fail.
                write!(address, "{mark}{name}={}", escape(value)).ok();
            }
        };
        for facet in Facet::ALL {
            let codes: Vec<&str> = self.of(facet).collect();
            part(facet.name(), &codes.join(","));
        }
        part("sort", self.sort.code());
        part("q", &self.words);
        if self.more > 0 {
            part("more", &self.more.to_string());
        }
        address
    }

    /// Lists the chosen codes of a facet.
    pub(super) fn of(&self, facet: Facet) -> impl Iterator<Item = &str> {
        let of_it = self.chosen.iter().filter(move |(other, _)| *other == facet);
        of_it.map(|(_, code)| code.as_str())
    }

    /// Says whether a code is chosen.
    pub(super) fn has(&self, facet: Facet, code: &str) -> bool {
        self.of(facet).any(|chosen| chosen == code)
    }

    /// Chooses a code, or takes the choice back.
    pub(super) fn toggled(&self, facet: Facet, code: &str) -> Self {
        let mut next = Self { more: 0, ..self.clone() };
        let before = next.chosen.len();
        next.chosen.retain(|(other, chosen)| *other != facet || chosen != code);
        if next.chosen.len() == before {
            next.chosen.push((facet, code.to_owned()));
        }
        next
    }

    /// Chooses this code of a facet and no other; none where it is empty.
    pub(super) fn with_only(&self, facet: Facet, code: &str) -> Self {
        let mut next = Self { more: 0, ..self.clone() };
        next.chosen.retain(|(other, _)| *other != facet);
        if !code.is_empty() {
            next.chosen.push((facet, code.to_owned()));
        }
        next
    }

    /// Takes back all narrowing; the order stays.
    pub(super) fn cleared(&self) -> Self {
        Self { sort: self.sort, ..Self::default() }
    }

    /// Says whether anything narrows the list.
    pub(super) fn narrows(&self) -> bool {
        !self.chosen.is_empty() || !self.words.trim().is_empty()
    }

    /// Says how many of the practices that were found are drawn (rule P25).
    pub(super) fn drawn(&self, found: usize) -> usize {
        self.more.saturating_add(1).saturating_mul(STEP).min(found)
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
