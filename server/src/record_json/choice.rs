//! What waits for a person's choice, as JSON: every side of it.

use serde::Serialize;
use serde_json::{Value as Json, json};
use talkoot_core::choice::{Choice, Side};
use talkoot_core::schema::Kind;
use utoipa::ToSchema;

use super::{DeedJson, Names, PersonJson, value};
use crate::moment;

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
    /// As among the fields; `null` for a field that was emptied.
    #[schema(schema_with = super::schema::any_value)]
    value: Json,
    by: PersonJson,
    #[schema(required, format = DateTime)]
    at: Option<String>,
}

impl ChoiceJson {
    /// Writes a choice of a record of some kind.
    pub(super) fn new(choice: &Choice, kind: Kind, names: &Names) -> Self {
        match choice {
            Choice::Field { field, sides } => Self::Field {
                field: kind.schema().field(*field).map_or("", |field| field.name),
                sides: all(sides, names, value::value),
            },
            Choice::Publication { sides } => {
                Self::Published { sides: all(sides, names, |value| json!(value)) }
            }
            Choice::Trashing { trashed, edits } => Self::Trashed {
                sides: all(trashed, names, |value| json!(value)),
                edits: edits.iter().map(|deed| DeedJson::new(deed, names)).collect(),
            },
        }
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
