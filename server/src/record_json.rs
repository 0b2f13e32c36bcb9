//! A record as JSON: what programs of others read.
//!
//! Fields go by their stable names, texts are Markdown, times are as the
//! devices believed, except `arrived`, which is the server's. A field that
//! waits for a person's choice shows its later value among the fields and all
//! its values among the choices.

mod choice;
mod post;
mod schema;
mod value;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use talkoot_core::choice::choices;
use talkoot_core::id::AccountId;
use talkoot_core::record::Deed;
use talkoot_core::schema::Kind;
use talkoot_core::text::markdown;
use utoipa::ToSchema;

use self::choice::ChoiceJson;
use self::post::{PostJson, posts};
use crate::public::board::Board;
use crate::reading::Reading;
use crate::store::RecordRow;
use talkoot_core::moment;

/// The names of the accounts that may be named.
pub type Names = BTreeMap<AccountId, String>;

/// The pattern of a name of a record or an account.
pub const NAME_PATTERN: &str = "^[0-7][0-9a-hjkmnp-tv-z]{25}$";
/// The pattern of a token of a listing.
pub const TOKEN_PATTERN: &str = "^[0-9a-f]{64}$";

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonJson {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    account: String,
    /// Absent when the account is gone.
    #[schema(required)]
    name: Option<String>,
}

/// Who did something and when, as their device believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeedJson {
    by: PersonJson,
    /// Absent when the device's clock named no date of four digits.
    #[schema(required, format = DateTime)]
    at: Option<String>,
}

/// What a list needs of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Card {
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    id: String,
    #[schema(value_type = KindName)]
    kind: &'static str,
    /// Empty while nobody gave one.
    #[schema(max_length = 300)]
    title: String,
    /// The short description, or the beginning of the text.
    #[schema(max_length = 160)]
    excerpt: String,
    /// Where the record is on this server.
    #[schema(pattern = "^/[a-z]+/[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    address: String,
    /// The project that it belongs to.
    #[schema(required, pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    project: Option<String>,
    /// Whether everybody may read it, unless it lies in the bin.
    published: bool,
    /// Whether it lies in the bin.
    trashed: bool,
    /// The language of the text, where it is known.
    #[schema(required, max_length = 32)]
    language: Option<String>,
    created: DeedJson,
    modified: DeedJson,
    /// When the server took the last change in.
    #[schema(format = DateTime)]
    arrived: String,
}

/// A record in full. Its schema is built from the tables of kinds (`schema`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordJson {
    #[serde(flatten)]
    card: Card,
    fields: Map<String, Value>,
    /// Markdown by the name of the field.
    texts: BTreeMap<&'static str, String>,
    choices: Vec<ChoiceJson>,
    /// What was said, of a thread alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<Vec<PostJson>>,
}

/// A page of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listing {
    #[schema(max_items = 100)]
    pub records: Vec<Card>,
    /// Give it as `cursor` for the next page; absent on the last one.
    #[schema(required, pattern = "^[0-9a-f]{64}$")]
    pub next: Option<String>,
    /// Give it later as `changed_since`, to hear what changed since this listing began.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub changes: String,
}

/// The kinds of records, by their names.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum KindName {
    Programme,
    Project,
    Document,
    Organisation,
    Practice,
    Thread,
}

/// Names a kind.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Programme => "programme",
        Kind::Project => "project",
        Kind::Document => "document",
        Kind::Organisation => "organisation",
        Kind::Practice => "practice",
        Kind::Thread => "thread",
        Kind::Notebook => "notebook",
    }
}

/// Finds a kind by its name.
pub fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_name(*kind) == name)
}

impl PersonJson {
    fn new(account: AccountId, names: &Names) -> Self {
        Self { account: account.to_string(), name: names.get(&account).cloned() }
    }
}

impl DeedJson {
    fn new(deed: &Deed, names: &Names) -> Self {
        let at = moment::write(deed.stamp.wall_ms);
        Self { by: PersonJson::new(deed.author, names), at }
    }
}

impl Card {
    /// Writes what a list shows.
    pub fn new(reading: &Reading, row: &RecordRow, names: &Names) -> Self {
        let summary = &reading.summary;
        let id = summary.record.to_string();
        Self {
            address: format!("/{}/{id}", summary.kind.schema().path),
            id,
            kind: kind_name(summary.kind),
            title: summary.title.clone(),
            excerpt: summary.excerpt.clone(),
            project: summary.project.map(|project| project.to_string()),
            published: summary.published,
            trashed: summary.trashed.is_some(),
            language: summary.language.clone(),
            created: DeedJson::new(&summary.created, names),
            modified: DeedJson::new(&summary.modified, names),
            arrived: moment::write(row.changed_ms).unwrap_or_default(),
        }
    }
}

impl RecordJson {
    /// Writes a record in full; for somebody without an account with what is public beside it.
    pub fn new(reading: &Reading, row: &RecordRow, names: &Names, board: Option<&Board>) -> Self {
        let texts = reading.texts.iter();
        // What waits for a choice is between the people of the workspace.
        let choices = if board.is_some() { Vec::new() } else { choices(&reading.record) };
        Self {
            card: Card::new(reading, row, names),
            fields: value::fields(&reading.record, row.kind, board),
            texts: texts.map(|(field, blocks)| (field.name, markdown::write(blocks))).collect(),
            choices: choices
                .iter()
                .map(|it| ChoiceJson::new(it, &reading.record, row.kind, names))
                .collect(),
            posts: posts(&reading.record, names),
        }
    }
}
