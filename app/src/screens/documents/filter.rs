//! Which documents show and in which order. Lives in the address, so that "back" works.
//!
//! Pure: the address in, the address out; summaries in, those that show out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

/// Whose documents show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those of the person's own projects.
    #[default]
    Mine,
    /// Those that belong to no project: the programme's own.
    Programme,
    All,
    Project(RecordId),
}

/// Drafts, published ones, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Any,
    Draft,
    Published,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Latest,
    Title,
    Date,
}

/// What a person asked to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Unset: one's own where one has a project, else all.
    pub(crate) scope: Option<Scope>,
    pub(crate) kinds: BTreeSet<String>,
    pub(crate) status: Status,
    pub(crate) sort: Sort,
    pub(crate) words: String,
}

impl Status {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 3] = [Self::Any, Self::Draft, Self::Published];

    /// The value in the address and in the form.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }

    /// Says whether a document has it.
    pub(super) fn fits(self, summary: &Summary) -> bool {
        match self {
            Self::Any => true,
            Self::Draft => !summary.published,
            Self::Published => summary.published,
        }
    }
}

impl Sort {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 3] = [Self::Latest, Self::Title, Self::Date];

    /// The value in the address and in the form.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Latest => "",
            Self::Title => "title",
            Self::Date => "date",
        }
    }
}

impl Filter {
    /// Reads the address. What it does not understand, it leaves out.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).unwrap_or_default();
        let scope = match get("project").as_str() {
            "mine" => Some(Scope::Mine),
            "programme" => Some(Scope::Programme),
            "all" => Some(Scope::All),
            name => name.parse().ok().map(Scope::Project),
        };
        let (kinds, status, sort) = (get("kind"), get("status"), get("sort"));
        let kinds = kinds.split(',').filter(|kind| !kind.is_empty()).map(str::to_owned);
        Self {
            scope,
            kinds: kinds.collect(),
            status: Status::ALL.into_iter().find(|it| it.code() == status).unwrap_or_default(),
            sort: Sort::ALL.into_iter().find(|it| it.code() == sort).unwrap_or_default(),
            words: get("q"),
        }
    }

    /// Writes the address; what is as usual is left out.
    pub(crate) fn write(&self, escape: impl Fn(&str) -> String) -> String {
        let scope = self.scope.map(|scope| match scope {
            Scope::Mine => "mine".to_owned(),
            Scope::Programme => "programme".to_owned(),
            Scope::All => "all".to_owned(),
            Scope::Project(project) => project.to_string(),
        });
        let kinds = self.kinds.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let parts = [
            ("project", scope.unwrap_or_default()),
            ("kind", kinds),
            ("status", self.status.code().to_owned()),
            ("sort", self.sort.code().to_owned()),
            ("q", self.words.clone()),
        ];
        let mut address = "/documents".to_owned();
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let mark = if address.contains('?') { '&' } else { '?' };
            // Writing into a String cannot fail.
            write!(address, "{mark}{name}={}", escape(&value)).ok();
        }
        address
    }

    /// Says whether anything but the scope narrows the list.
    pub(crate) fn narrows(&self) -> bool {
        !self.kinds.is_empty() || self.status != Status::Any || !self.words.trim().is_empty()
    }

    /// Picks and orders what shows (rule P8).
    pub(crate) fn pick<'a>(
        &self,
        all: impl Iterator<Item = &'a Arc<Summary>>,
        mine: &BTreeSet<RecordId>,
    ) -> Vec<Arc<Summary>> {
        let concerns = self.concerns(mine);
        let fits = |summary: &&Arc<Summary>| {
            self.has_kind(summary) && self.status.fits(summary) && concerns(summary)
        };
        let mut shown: Vec<_> = all.filter(fits).cloned().collect();
        match self.sort {
            Sort::Latest => shown.sort_by_key(|it| std::cmp::Reverse(it.modified.stamp)),
            Sort::Title => shown.sort_by_cached_key(|it| order_key(&it.title)),
            Sort::Date => shown.sort_by_key(|it| std::cmp::Reverse(it.date)),
        }
        shown
    }

    /// Tells the documents of the scope that have the words, of whatever kind and status.
    pub(super) fn concerns(&self, mine: &BTreeSet<RecordId>) -> impl Fn(&Summary) -> bool {
        let wanted = self.words.trim().to_lowercase();
        let usual = if mine.is_empty() { Scope::All } else { Scope::Mine };
        let scope = self.scope.unwrap_or(usual);
        move |summary| {
            summary.kind == Kind::Document
                && summary.trashed.is_none()
                && in_scope(scope, summary.project, mine)
                && (wanted.is_empty() || says(summary, &wanted))
        }
    }

    /// Says whether a document is of a chosen kind; without a choice every one is.
    pub(super) fn has_kind(&self, summary: &Summary) -> bool {
        let kind = summary.subkind.as_deref().unwrap_or_default();
        self.kinds.is_empty() || self.kinds.contains(kind)
    }
}

fn in_scope(scope: Scope, project: Option<RecordId>, mine: &BTreeSet<RecordId>) -> bool {
    match scope {
        Scope::All => true,
        Scope::Mine => project.is_some_and(|project| mine.contains(&project)),
        Scope::Programme => project.is_none(),
        Scope::Project(wanted) => project == Some(wanted),
    }
}

/// Says whether the title or a keyword has the words, which are in small letters.
fn says(summary: &Summary, wanted: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    has(&summary.title) || summary.keywords.iter().any(|keyword| has(keyword))
}

/// Orders å, ä and ö after z, as Finnish and Swedish do.
pub(crate) fn order_key(title: &str) -> String {
    let place = |letter| match letter {
        'å' => '{',
        'ä' | 'æ' => '|',
        'ö' | 'ø' => '}',
        other => other,
    };
    title.trim().to_lowercase().chars().map(place).collect()
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
