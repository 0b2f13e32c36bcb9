//! Practices of the example programme that were adopted or revised: a copy begins as the app lets
//! it begin, and then says in its own way what its file says.

use talkoot_core::adopt::{self, Adopting, Content, content};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::{Heritage, Kind, Shape, practice_field as field};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::{Block, TEXT_SCHEMA_VERSION, TextDocument, TextError};
use talkoot_core::value::PartialDate;

use super::names;

/// What a project adopted, and when.
pub(super) struct Adopted {
    pub(super) original: RecordId,
    pub(super) name: String,
    pub(super) project: RecordId,
    /// The name of the project that the original belongs to.
    pub(super) project_name: String,
    pub(super) since: PartialDate,
}

impl Adopted {
    /// Gives the operations that begin the copy.
    pub(super) fn begin(&self, original: &OpenRecord, copy: RecordId) -> Vec<Op> {
        let Self { name, project, project_name, since, .. } = self;
        let asked = Adopting { name, project: *project, project_name, today: *since };
        adopt::adopting(original, copy, &asked)
    }
}

/// Gives the operations after which a copy says what `wanted` would have made a new record say.
pub(super) fn own_ways(copy: &OpenRecord, wanted: Vec<Op>) -> Result<Vec<Op>, TextError> {
    let id = copy.record.id;
    let said = folded(id, wanted.clone());
    let mut ops: Vec<Op> = wanted.into_iter().filter(is_own).collect();
    let mut texts: Vec<(&str, Vec<Block>)> = Vec::new();
    for shared in adopt::heritage() {
        let says = content(&said, shared);
        ops.extend(says.writes(&copy.record, shared));
        if let Content::Text(blocks) = says {
            texts.push((shared.name, blocks));
        }
    }
    let client = names::text_client(id, field::LINEAGE);
    let update = TextDocument::from_state(client, &copy.text.state())?.rewrite(&texts)?;
    ops.extend(update.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update }));
    Ok(ops)
}

/// Gives the operations that write sections anew and publish that with a reason.
pub(super) fn revising(
    practice: &OpenRecord,
    sections: &[(&str, Vec<Block>)],
    reason: &str,
) -> Result<Vec<Op>, TextError> {
    let client = names::text_client(practice.record.id, field::ANSWERS);
    let update = TextDocument::from_state(client, &practice.text.state())?.rewrite(sections)?;
    let text = update.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update });
    Ok(text.into_iter().chain([practice.record.publish_changes(reason)]).collect())
}

/// Folds operations as if they had begun a record.
fn folded(record: RecordId, ops: Vec<Op>) -> OpenRecord {
    let mut open = OpenRecord::new(record);
    let id = ChangeId { replica: ReplicaId([0; 16]), counter: 1 };
    let (stamp, author) = (Stamp::default(), AccountId([0; 16]));
    open.apply(&Change { id, previous: 0, stamp, author, record, schema: SCHEMA_VERSION, ops });
    open
}

/// Says whether an operation is about what a copy says for itself; its project it has already.
fn is_own(op: &Op) -> bool {
    let tag = match op {
        Op::SetField { field, .. }
        | Op::AddToSet { field, .. }
        | Op::RemoveFromSet { field, .. }
        | Op::PutItem { field, .. }
        | Op::PlaceItem { field, .. }
        | Op::RemoveItem { field, .. } => *field,
        Op::Publish { .. } => return true,
        Op::Create { .. }
        | Op::Text { .. }
        | Op::Receive { .. }
        | Op::Accept { .. }
        | Op::Discuss { .. }
        | Op::Note { .. }
        | Op::Trash { .. } => {
            return false;
        }
    };
    let own = Kind::Practice.schema().field(tag).filter(|it| it.shape != Shape::RichText);
    tag != field::PROJECT && own.is_some_and(|it| it.heritage == Heritage::Own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::draft::Draft;
    use talkoot_core::text::plain;

    #[test]
    fn p36_a_copy_of_the_example_programme_keeps_its_line_and_says_what_its_file_says() {
        let tips = Kind::Practice.schema().field_named("tips").map_or(0, |it| it.tag);
        let first = Draft::new(Kind::Practice, "first", "marja", "2018-01-01")
            .text(field::NAME, "Digikahvila")
            .text(field::SHORT_DESCRIPTION, "Kahvia")
            .rich(tips, "Pannu kuumana.\n\nOvi auki.\n");
        let original = folded(first.record, first.ops);
        let adopted = Adopted {
            original: original.record.id,
            name: "Kylällä".to_owned(),
            project: names::project("keski-suomi"),
            project_name: "Digi haltuun".to_owned(),
            since: PartialDate { year: 2018, month: Some(10), day: Some(2) },
        };
        let copy = names::record("practice", "copy");
        let mut copied = folded(copy, adopted.begin(&original, copy));
        let wanted = Draft::new(Kind::Practice, "copy", "marja", "2019-03-12")
            .text(field::NAME, "Kylällä")
            .text(field::PLACE, "Viitasaari")
            .rich(tips, "Pannu kuumana.\n\nKaksi ohjaajaa.\n");
        let ops = own_ways(&copied, wanted.ops).unwrap();
        let id = ChangeId { replica: ReplicaId([0; 16]), counter: 2 };
        let (stamp, author) = (Stamp::default(), AccountId([0; 16]));
        let schema = SCHEMA_VERSION;
        copied.apply(&Change { id, previous: 1, stamp, author, record: copy, schema, ops });
        assert_eq!(plain::plain(&copied.text.blocks("tips")), "Pannu kuumana.\nKaksi ohjaajaa.");
        assert_eq!(copied.record.lineage().map(|(origin, _)| origin), Some(original.record.id));
        let told = adopt::deviations(&copied, &original);
        let told: Vec<_> = told.into_iter().map(|it| it.name).collect();
        assert_eq!(told, ["name", "short_description", "tips"]);
        assert!(copied.record.field(field::PLACE).is_some());
    }
}
