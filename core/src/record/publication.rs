//! What is published of a record, while its people go on writing.
//!
//! A publishing names the version that it published: what its maker knew then. Whoever may not
//! write the record goes on seeing that version until somebody publishes another one
//! ([`crate::published`] folds it). What others note on the record, where it belongs and whether
//! it lies in the bin always is as it is now.
//!
//! A change that writes and publishes publishes what it writes. Two publishings that did not know
//! each other are no question: what either published is published.

use minicbor::{Decode, Encode};

use super::Record;
use crate::change::{Change, Frontier, Op};
use crate::schema::Kind;

/// Whether a record is open to everybody, in which version and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Publication {
    #[n(0)]
    pub public: bool,
    /// The version that is published; absent where it is whatever the record says.
    #[n(1)]
    pub version: Option<Frontier>,
    /// What changed and why, in the words of whoever published it.
    #[n(2)]
    pub reason: Option<String>,
}

impl Publication {
    /// Reads what an operation published or closed, where it is one of those.
    pub fn made_by(op: &Op) -> Option<Self> {
        let Op::Publish { published, version, reason, .. } = op else { return None };
        let (version, reason) = (version.clone(), reason.clone());
        Some(Self { public: *published, version, reason })
    }

    /// Reads what a change published or closed.
    pub(super) fn of(
        change: &Change,
        public: bool,
        version: Option<&Frontier>,
        reason: Option<&String>,
    ) -> Self {
        let version = version.map(|version| named_by(change, version));
        Self { public, version, reason: reason.cloned() }
    }
}

/// Gives the version that a publishing stands for: what it names, and what the same change wrote.
pub fn named_by(change: &Change, version: &Frontier) -> Frontier {
    let mut version = version.clone();
    if change.ops.iter().any(|op| op.is_edit() || matches!(op, Op::Create { .. })) {
        version.note(change.id);
    }
    version
}

impl Kind {
    /// Says whether its records are published in versions. What a project or a programme says
    /// of itself is seen as soon as it is written.
    pub fn has_versions(self) -> bool {
        match self {
            Self::Document | Self::Practice => true,
            Self::Programme
            | Self::Project
            | Self::Organisation
            | Self::Thread
            | Self::Notebook => false,
        }
    }
}

impl Record {
    /// Says whether anybody may read it.
    pub fn is_published(&self) -> bool {
        self.publication.value().is_some_and(|publication| publication.public)
    }

    /// Says whether it was open to everybody once and is no longer.
    pub fn is_closed(&self) -> bool {
        !self.publication.is_empty() && !self.is_published()
    }

    /// Gives what readers see now, as one publishing would say it.
    pub fn published_now(&self) -> Publication {
        let reason = self.publication.value().and_then(|it| it.reason.clone());
        Publication { public: self.is_published(), version: self.version(), reason }
    }

    /// Says whether one opened it to everybody while another closed it.
    pub fn is_publication_asked(&self) -> bool {
        self.publication.disagrees_on(|publication| publication.public)
    }

    /// Gives the version that readers see; `None` where they see what the record says now.
    pub fn published_version(&self) -> Option<Frontier> {
        self.version().filter(|_| self.is_published())
    }

    /// Gives everything that its live publishings published.
    pub(super) fn version(&self) -> Option<Frontier> {
        if !self.kind.is_some_and(Kind::has_versions) {
            return None;
        }
        let live = self.publication.live().into_iter();
        let public = live.map(|(_, write)| &write.value).filter(|it| it.public);
        let mut version: Option<Frontier> = None;
        for publication in public {
            version.get_or_insert_default().join(publication.version.as_ref()?);
        }
        version
    }

    /// Says whether its people have written something since it was published.
    pub fn has_unpublished(&self) -> bool {
        self.published_version().is_some_and(|version| !version.covers(&self.last_own_edits))
    }
}
