//! The paths of the open API and their answers.

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem, PathsBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Ref, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, Header, Paths, RefOr, Response, ResponseBuilder};

use super::{SESSION, commenting, mailing, parameters};
use crate::api_error::Refused;
use crate::http::records::form::Form;
use crate::record_json::{Listing, RecordJson};

const LIST: &str = "listRecords";
const SHOW: &str = "showRecord";

/// All paths.
pub(super) fn paths() -> Paths {
    let of = |operation: OperationBuilder| PathItem::new(HttpMethod::Get, operation);
    let alone = |form| of(show(&[form]));
    PathsBuilder::new()
        .path("/api/v1/comments", commenting::all())
        .path("/api/v1/comments/{id}", commenting::one())
        .path("/api/v1/digest", mailing::own())
        .path("/api/v1/digest/{link}", mailing::link())
        .path("/api/v1/openapi.json", of(describe()))
        .path("/api/v1/records", of(list()))
        .path("/api/v1/records/{id}", of(show(&[Form::Json, Form::Markdown, Form::Html])))
        .path("/api/v1/records/{id}.md", alone(Form::Markdown))
        .path("/api/v1/records/{id}.html", alone(Form::Html))
        .build()
}

/// Whoever has no session asks as nobody in particular.
fn read(id: &str, summary: &str) -> OperationBuilder {
    let without = SecurityRequirement::default();
    let with = SecurityRequirement::new(SESSION, [] as [&str; 0]);
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .securities(Some([without, with]))
        .response("503", refusal("The server cannot answer just now: `try_again`."))
}

fn describe() -> OperationBuilder {
    let document = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("openapi", string())
        .property("paths", ObjectBuilder::new().schema_type(Type::Object))
        .required("openapi")
        .required("paths");
    let answer = json("This description.", RefOr::T(document.into()));
    read("describe", "Describes this interface")
        .response("200", answer)
        .response("400", refusal("It takes no parameters: `unknown_parameter`."))
}

fn list() -> OperationBuilder {
    let one = LinkBuilder::new().operation_id(SHOW).parameter("id", "$response.body#/records/0/id");
    let next = LinkBuilder::new().operation_id(LIST).parameter("cursor", "$response.body#/next");
    let changes =
        LinkBuilder::new().operation_id(LIST).parameter("changed_since", "$response.body#/changes");
    let page = json("A page, in the order in which the records came.", reference::<Listing>());
    let page = ResponseBuilder::from(page)
        .link("record", one.build())
        .link("next", next.build())
        .link("changes", changes.build());
    let wrong = "`unknown_parameter`, `wrong_parameter` (given twice, or not of its form) or \
        `query_too_long`.";
    read(LIST, "Lists records")
        .parameters(Some(parameters::of_listing()))
        .response("200", page)
        .response("400", refusal(wrong))
}

fn show(forms: &[Form]) -> OperationBuilder {
    let answer = ResponseBuilder::new().description("The record.").header("ETag", etag());
    let answer = forms.iter().fold(answer, |answer, form| match form {
        Form::Json => {
            answer.content("application/json", Content::new(Some(reference::<RecordJson>())))
        }
        Form::Markdown | Form::Html => {
            answer.content(form.content_type(), Content::new(Some(RefOr::T(string().into()))))
        }
    });
    let (id, summary) = match forms {
        [Form::Markdown] => ("showRecordAsMarkdown", "Gives a record as Markdown"),
        [Form::Html] => ("showRecordAsHtml", "Gives a record as a page of HTML"),
        _ => (SHOW, "Gives a record: JSON, or what `Accept` names first"),
    };
    read(id, summary)
        .parameter(parameters::id())
        .response("200", answer)
        .response("304", Response::new("It is as the `ETag` in `If-None-Match` says."))
        .response("400", refusal("It takes no parameters: `unknown_parameter`."))
        .response("404", refusal("Not there, or out of sight: `unknown_record`."))
}

fn etag() -> Header {
    let tag = ObjectBuilder::new().schema_type(Type::String);
    // Whoever has no account gets the tag of the bytes themselves.
    Header::new(tag.pattern(Some("^\"([0-9]+-[jmh]p?-[0-9a-f]{8}|[0-9a-f]{32})\"$")))
}

pub(super) fn refusal(description: &str) -> Response {
    json(description, reference::<Refused>())
}

pub(super) fn json(description: &str, schema: RefOr<Schema>) -> Response {
    let builder = ResponseBuilder::new().description(description);
    builder.content("application/json", Content::new(Some(schema))).build()
}

pub(super) fn reference<T: utoipa::ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}
