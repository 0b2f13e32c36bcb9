//! What waits for a person's choice, as JSON: every side of it.

use serde::Serialize;
use serde_json::{Value as Json, json};
use talkoot_core::adopt::offer::{Answer, offers};
use talkoot_core::choice::{Choice, Side};
use talkoot_core::record::{Deed, Record};
use talkoot_core::schema::{Field, Holding, Kind};
use talkoot_core::value::Value;
use utoipa::ToSchema;

use super::{DeedJson, Names, PersonJson, value};
use talkoot_core::moment;

/// Something that people decided differently without knowing of each other.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "about", rename_all = "snake_case")]
pub(super) enum ChoiceJson {
    /// A field has several values; the one that shows comes first.
    Field {
        #[schema(pattern = "^[a-z_]+$")]
        field: &'static str,
        #[schema(min_items = 2)]
        sides: Vec<SideJson>,
    },
    /// An entry of a list was written by several, or written by one and removed by another; the
    /// side that shows comes first.
    Entry {
        #[schema(pattern = "^[a-z_]+$")]
        field: &'static str,
        #[schema(min_items = 1)]
        sides: Vec<SideJson>,
        removals: Vec<DeedJson>,
    },
    /// A suggestion was answered by several, and not alike.
    Answer {
        /// The formatted text that the suggestion is about.
        #[schema(pattern = "^[a-z_]+$")]
        section: &'static str,
        #[schema(min_items = 2)]
        sides: Vec<SideJson>,
    },
    /// One opened the record to everybody while another closed it.
    Published {
        #[schema(min_items = 2)]
        sides: Vec<SideJson>,
    },
    /// One put the record into the bin while another worked on it or took it out.
    Trashed { sides: Vec<SideJson>, edits: Vec<DeedJson> },
}

/// One side: what was written, by whom and when.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct SideJson {
    /// As among the fields; `null` for a field that was emptied. An answer has a `verdict`,
    /// `accepted` or `declined`, and a `reason`.
    #[schema(schema_with = super::schema::any_value)]
    value: Json,
    by: PersonJson,
    #[schema(required, format = DateTime)]
    at: Option<String>,
}

impl ChoiceJson {
    /// Writes a choice of a record of some kind.
    pub(super) fn new(choice: &Choice, record: &Record, kind: Kind, names: &Names) -> Self {
        let deeds = |deeds: &[Deed]| deeds.iter().map(|it| DeedJson::new(it, names)).collect();
        let field_of = |tag: u16| kind.schema().field(tag);
        match choice {
            Choice::Field { field, sides } => Self::Field {
                field: field_of(*field).map_or("", |field| field.name),
                sides: all(sides, names, value::value),
            },
            Choice::Item { field, sides, removals, .. } => Self::Entry {
                field: field_of(*field).map_or("", |field| field.name),
                sides: all(sides, names, |value| entry(field_of(*field), value)),
                removals: deeds(removals),
            },
            Choice::Answer { offer, sides } => {
                let found = offers(record).into_iter().find(|it| it.item == *offer);
                let said = |answer: &Answer| json!({ "verdict": answer.verdict.code(), "reason": answer.reason });
                Self::Answer {
                    section: found.map_or("", |offer| offer.section.name),
                    sides: all(sides, names, said),
                }
            }
            Choice::Publication { sides } => {
                Self::Published { sides: all(sides, names, |value| json!(value)) }
            }
            Choice::Trashing { trashed, edits } => Self::Trashed {
                sides: all(trashed, names, |value| json!(value)),
                edits: deeds(edits),
            },
        }
    }
}

/// Writes an entry of a list by the names of its parts.
fn entry(field: Option<&Field>, value: &Value) -> Json {
    match field.map(|field| field.shape.holding()) {
        Some(Holding::List(parts)) => value::entry(parts, value).unwrap_or(Json::Null),
        Some(Holding::One | Holding::Set(_) | Holding::Words) | None => Json::Null,
    }
}

fn all<T>(sides: &[Side<T>], names: &Names, value: impl Fn(&T) -> Json) -> Vec<SideJson> {
    let side = |side: &Side<T>| SideJson {
        value: value(&side.value),
        by: PersonJson::new(side.author, names),
        at: moment::write(side.stamp.wall_ms),
    };
    sides.iter().map(side).collect()
}
