//! The parameters of the open API, each exactly as it is read.

use talkoot_core::schema::Kind;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    AnyOfBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};

use crate::http::records::query::{LIMIT_DEFAULT, LIMIT_MAX};
use crate::record_json::{NAME_PATTERN, TOKEN_PATTERN, kind_name};

/// The parameters of a listing.
pub(super) fn of_listing() -> [Parameter; 5] {
    let kinds = ObjectBuilder::new().schema_type(Type::String);
    let kinds = kinds.enum_values(Some(Kind::ALL.map(kind_name)));
    let moment = string().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    let since = AnyOfBuilder::new().item(moment).item(string().pattern(Some(TOKEN_PATTERN)));
    let limit = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    let limit = limit.maximum(Some(LIMIT_MAX)).default(Some(LIMIT_DEFAULT.into()));
    [
        query("kind", "Only records of this kind.", kinds.into()),
        query(
            "project",
            "Only records that belong to this project.",
            string().pattern(Some(NAME_PATTERN)).into(),
        ),
        query(
            "changed_since",
            "Only records whose last change the server took in at this moment or later; or, with \
             the `changes` of an earlier listing, those changed since that listing began.",
            since.into(),
        ),
        query(
            "cursor",
            "Where to go on: the `next` of the page before. The other parameters stay the same.",
            string().pattern(Some(TOKEN_PATTERN)).into(),
        ),
        query("limit", "Most records on the page.", limit.into()),
    ]
}

/// The name of a record in an address.
pub(super) fn id() -> Parameter {
    let builder = ParameterBuilder::new().name("id").parameter_in(ParameterIn::Path);
    let schema: Schema = string().pattern(Some(NAME_PATTERN)).into();
    builder.required(Required::True).schema(Some(schema)).build()
}

fn query(name: &str, description: &str, schema: Schema) -> Parameter {
    let builder = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query);
    let builder = builder.required(Required::False).description(Some(description));
    builder.schema(Some(schema)).build()
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}
