//! Who may see a record, small enough to keep beside each one in a database.
//!
//! It is never decided here: [`Audience::of`] asks [`access::may`] for one
//! caller of each sort and remembers the answers, so the access table stays
//! the only gate. When an audience changes, [`Audience::turns`] says which marks
//! follow in the log: a *reveal* makes the feed carry the record from its
//! beginning to those who lacked it, a *conceal* makes devices forget it.

use std::collections::BTreeSet;

use crate::access::{self, Caller, Deal, Role};
use crate::id::RecordId;
use crate::record::Record;
use crate::schema::Kind;

/// What a change of audience does to those who read the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Reveal,
    Conceal,
}

/// The answers of the access table for one record. Coordinators see everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// Anybody, without an account.
    pub everyone: bool,
    /// Every account.
    pub signed_in: bool,
    /// The accounts of this project; or the one account whose notebook this is.
    pub project: Option<RecordId>,
}

impl Audience {
    /// Asks who may see a record; nobody sees one that was not created.
    pub fn of(record: &Record) -> Self {
        if record.kind == Some(Kind::Notebook) && record.id.is_notebook() {
            return Self { project: Some(record.id), ..Self::default() };
        }
        let sees = |role, projects: BTreeSet<RecordId>| {
            access::may(&Caller { account: None, role, projects }, record, Deal::See)
        };
        Self {
            everyone: sees(Role::Anyone, BTreeSet::new()),
            signed_in: sees(Role::Reader, BTreeSet::new()),
            project: record.project().filter(|it| sees(Role::Reader, BTreeSet::from([*it]))),
        }
    }

    /// Says whether a caller belongs to it.
    pub fn includes(&self, caller: &Caller) -> bool {
        if let Some(notebook) = self.project.filter(|project| project.is_notebook()) {
            // Nobody else's, whatever their role (rule DI13).
            return caller.account.is_some_and(|it| RecordId::notebook_of(it) == notebook);
        }
        match caller.role {
            Role::Coordinator => true,
            Role::Anyone => self.everyone,
            Role::Reader | Role::Member => {
                let near = self.project.is_some_and(|project| caller.projects.contains(&project));
                self.everyone || self.signed_in || near
            }
        }
    }

    /// Gives the marks that follow a change of audience in the log (rule N6).
    pub fn turns(&self, after: &Self) -> Vec<Turn> {
        let reveals = (!after.is_within(self)).then_some(Turn::Reveal);
        let conceals = (!self.is_within(after)).then_some(Turn::Conceal);
        reveals.into_iter().chain(conceals).collect()
    }

    /// Says whether everybody in it is in the other too.
    pub fn is_within(&self, other: &Self) -> bool {
        let project_is = self.project.is_none() || self.project == other.project;
        let signed_in_are = other.signed_in || (!self.signed_in && project_is);
        other.everyone || (!self.everyone && signed_in_are)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Op;
    use crate::id::{AccountId, ReplicaId};
    use crate::sample;
    use crate::schema::{document_field, thread_field};
    use crate::value::{Scalar, Value};

    /// Builds a record of a kind that is published or not, trashed or not, in a project or not.
    fn record(kind: Kind, published: bool, trashed: bool, project: Option<RecordId>) -> Record {
        let replica = ReplicaId([1; 16]);
        let name = match kind {
            Kind::Notebook => RecordId::notebook_of(AccountId([7; 16])),
            Kind::Programme
            | Kind::Project
            | Kind::Document
            | Kind::Organisation
            | Kind::Practice
            | Kind::Thread => sample::RECORD,
        };
        let mut record = Record::new(name);
        let mut ops = vec![Op::Create { kind }, record.publish(published)];
        let field = match kind {
            Kind::Document => Some(document_field::PROJECT),
            Kind::Thread => Some(thread_field::PROJECT),
            Kind::Programme
            | Kind::Project
            | Kind::Organisation
            | Kind::Practice
            | Kind::Notebook => None,
        };
        if let (Some(field), Some(project)) = (field, project) {
            ops.push(record.set_field(field, Value::One(Scalar::Record(project))));
        }
        record.apply(&sample::change(replica, 1, 0, ops));
        if trashed {
            record.apply(&sample::change(replica, 2, 1, vec![record.trash(true)]));
        }
        record
    }

    fn callers() -> Vec<Caller> {
        let projects = [vec![], vec![RecordId([1; 16])], vec![RecordId([2; 16]), sample::RECORD]];
        let roles = [Role::Anyone, Role::Reader, Role::Member, Role::Coordinator];
        let of = |role| {
            projects.iter().map(move |projects| Caller {
                account: (role != Role::Anyone).then_some(AccountId([7; 16])),
                role,
                projects: projects.iter().copied().filter(|_| role != Role::Anyone).collect(),
            })
        };
        roles.into_iter().flat_map(of).collect()
    }

    #[test]
    fn n7_the_kept_audience_answers_as_the_access_table_does() {
        let projects = [None, Some(RecordId([1; 16])), Some(RecordId([2; 16]))];
        for kind in Kind::ALL {
            for (published, trashed) in [(true, true), (true, false), (false, true), (false, false)]
            {
                for project in projects {
                    let record = record(kind, published, trashed, project);
                    let audience = Audience::of(&record);
                    for caller in callers() {
                        let may = access::may(&caller, &record, Deal::See);
                        assert_eq!(audience.includes(&caller), may, "{kind:?} {caller:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn n6_an_audience_within_another_has_nobody_outside_it() {
        let projects = [None, Some(RecordId([1; 16])), Some(RecordId([2; 16]))];
        let all = [(true, true), (true, false), (false, true), (false, false)];
        let audiences: Vec<Audience> = projects
            .into_iter()
            .flat_map(|project| {
                let of = move |(everyone, signed_in)| Audience { everyone, signed_in, project };
                all.into_iter().map(of)
            })
            .collect();
        for (one, other) in audiences.iter().flat_map(|one| audiences.iter().map(move |b| (one, b)))
        {
            let outside = callers().iter().any(|it| one.includes(it) && !other.includes(it));
            assert!(!(outside && one.is_within(other)), "{one:?} {other:?}");
        }
    }

    #[test]
    fn n6_publishing_reveals_and_closing_conceals() {
        let project = Some(RecordId([1; 16]));
        let draft = Audience::of(&record(Kind::Document, false, false, project));
        let open = Audience::of(&record(Kind::Document, true, false, project));
        let trashed = Audience::of(&record(Kind::Document, true, true, project));
        assert_eq!(draft.turns(&open), vec![Turn::Reveal]);
        assert_eq!(open.turns(&trashed), vec![Turn::Conceal]);
        assert_eq!(draft.turns(&trashed), vec![]);
        assert_eq!(Audience::default().turns(&draft), vec![Turn::Reveal]);
    }

    #[test]
    fn n6_moving_to_another_project_does_both() {
        let of = |project| Audience::of(&record(Kind::Document, false, false, Some(project)));
        let (one, other) = (of(RecordId([1; 16])), of(RecordId([2; 16])));
        assert_eq!(one.turns(&other), vec![Turn::Reveal, Turn::Conceal]);
    }
}
