//! The paths of mail: choosing it, and ending it with the link in one.

use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, Required, Response, ResponseBuilder};

use super::commenting::{body, with_session};
use super::paths::{json, reference, refusal};
use crate::http::digest::{DigestChoiceJson, DigestJson};

/// What the caller chose, and choosing.
pub(super) fn own() -> PathItem {
    let mut item = PathItem::new(HttpMethod::Get, show());
    item.put = Some(choose().build());
    item
}

/// The page that a link in a mail leads to, and its button.
pub(super) fn link() -> PathItem {
    let mut item = PathItem::new(
        HttpMethod::Get,
        linked("askToEndDigest", "Asks whether mail is to end; changes nothing"),
    );
    item.post = Some(
        linked("endDigest", "Ends mail, in one click (RFC 8058)")
            .response("403", refusal("The request comes from another site: `foreign_origin`."))
            .response("413", refusal("`too_large`."))
            .build(),
    );
    item
}

fn show() -> OperationBuilder {
    with_session("showDigest", "Says whether mail about what is unread comes to the caller")
        .response("200", json("What the caller chose.", reference::<DigestJson>()))
        .response("400", refusal("It takes no parameters: `unknown_parameter`."))
}

fn choose() -> OperationBuilder {
    with_session("chooseDigest", "Turns mail about what is unread on or off")
        .request_body(Some(body::<DigestChoiceJson>()))
        .response("200", json("What the caller chose now.", reference::<DigestJson>()))
        .response("400", refusal("`malformed`."))
        .response("403", refusal("The request comes from another site: `foreign_origin`."))
        .response("409", refusal("This server sends no mail: `no_mail`."))
        .response("413", refusal("`too_large`."))
}

fn linked(id: &str, summary: &str) -> OperationBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
    let link = ParameterBuilder::new()
        .name("link")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The last part of the link in a mail; any other is answered alike."))
        .schema(Some(text))
        .build();
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .securities(Some([SecurityRequirement::default()]))
        .parameter(link)
        .response("200", page("A page in the language of the mail."))
        .response("503", refusal("The server cannot answer just now: `try_again`."))
}

fn page(description: &str) -> Response {
    let text = ObjectBuilder::new().schema_type(Type::String);
    ResponseBuilder::new()
        .description(description)
        .content("text/html; charset=utf-8", Content::new(Some(text)))
        .build()
}
