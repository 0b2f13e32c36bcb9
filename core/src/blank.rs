//! What a document or a practice needs before others meet it: a word to be one, a name to be
//! published.

use crate::open_record::OpenRecord;
use crate::record::{FieldState, Record};
use crate::schema::{Kind, document_field, practice_field};
use crate::text::plain;

/// Says whether nobody left a word in it: its language and its project, with which it is begun,
/// are none (rule P80).
pub fn is_blank(open: &OpenRecord) -> bool {
    let record = &open.record;
    let begun_with = match record.kind {
        Some(Kind::Document) => [document_field::LANGUAGE, document_field::PROJECT],
        Some(Kind::Practice) => [practice_field::LANGUAGE, practice_field::PROJECT],
        Some(
            Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook,
        )
        | None => return false,
    };
    let fields = record.kind.map(|kind| kind.schema().fields).unwrap_or_default();
    let says = |tag: u16| !begun_with.contains(&tag) && record.field(tag).is_some_and(is_filled);
    let texts = open.text_fields();
    let writes = |name: &&str| !plain::plain(&open.text.blocks(name)).trim().is_empty();
    let is_plain = !record.is_published() && record.lineage().is_none() && !open.is_newer();
    is_plain && !fields.iter().any(|field| says(field.tag)) && !texts.iter().any(writes)
}

fn is_filled(state: &FieldState) -> bool {
    state.value().is_some() || state.members().next().is_some() || !state.items().is_empty()
}

/// Says whether it is a document or a practice without a name by which others could find it: it
/// is published once it has one (rule P81).
pub fn lacks_name(record: &Record) -> bool {
    let needs_one = matches!(record.kind, Some(Kind::Document | Kind::Practice));
    needs_one && record.title().is_none_or(|title| title.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, Op, SCHEMA_VERSION};
    use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
    use crate::stamp::Stamp;
    use crate::text::node::{Block, Inline};
    use crate::text::{TEXT_SCHEMA_VERSION, seed_update};
    use crate::value::{Scalar, Value};

    /// Begins a record as the app does, and does more to it.
    fn begun(kind: Kind, more: impl FnOnce(&Record) -> Vec<Op>) -> OpenRecord {
        let mut open = OpenRecord::new(RecordId([1; 16]));
        let project = Value::One(Scalar::Record(RecordId([4; 16])));
        let [language_tag, project_tag] = if kind == Kind::Practice {
            [practice_field::LANGUAGE, practice_field::PROJECT]
        } else {
            [document_field::LANGUAGE, document_field::PROJECT]
        };
        let record = &open.record;
        let mut ops = vec![Op::Create { kind }];
        ops.push(record.set_field(language_tag, Value::code("fi")));
        ops.push(record.set_field(project_tag, project));
        ops.extend(more(record));
        let (id, author) =
            (ChangeId { replica: ReplicaId([2; 16]), counter: 1 }, AccountId([3; 16]));
        let stamp = Stamp { wall_ms: 1, tick: 0 };
        let (record, schema) = (open.record.id, SCHEMA_VERSION);
        open.apply(&Change { id, previous: 0, stamp, author, record, schema, ops });
        open
    }

    fn text(field: &str, words: &str) -> Op {
        let words = [Block::Paragraph(vec![Inline::plain(words)])];
        Op::Text { schema: TEXT_SCHEMA_VERSION, update: seed_update(7, field, &words) }
    }

    #[test]
    fn p80_what_was_begun_and_never_got_a_word_is_blank() {
        assert!(is_blank(&begun(Kind::Practice, |_| Vec::new())));
        assert!(is_blank(&begun(Kind::Document, |_| Vec::new())));
        assert!(is_blank(&begun(Kind::Document, |_| vec![text("body", " ")])));
        let name = |it: &Record| vec![it.set_field(practice_field::NAME, Value::text("Kahvia"))];
        assert!(!is_blank(&begun(Kind::Practice, name)));
        let word = |it: &Record| vec![it.add_to_set(practice_field::KEYWORDS, Value::text("apu"))];
        assert!(!is_blank(&begun(Kind::Practice, word)));
        assert!(!is_blank(&begun(Kind::Practice, |_| vec![text("solution", "Pöytä")])));
        assert!(!is_blank(&begun(Kind::Document, |it| vec![it.publish(true)])));
        assert!(!is_blank(&begun(Kind::Project, |_| Vec::new())));
    }

    #[test]
    fn p81_what_has_no_name_cannot_be_published_yet() {
        assert!(lacks_name(&begun(Kind::Practice, |_| Vec::new()).record));
        let name = |text: &'static str| move |it: &Record| vec![it.set_field(1, Value::text(text))];
        assert!(lacks_name(&begun(Kind::Document, name("  ")).record));
        assert!(!lacks_name(&begun(Kind::Document, name("Muistio")).record));
    }
}
