//! The paths of open comments: anybody sends one, moderators list and decide.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, Required, Response};

use super::paths::{json, reference, refusal};
use super::{SESSION, parameters};
use crate::http::comments::{AcceptedComment, DecisionJson, HeldListing, SentJson};

/// Sending a comment, and listing those that wait.
pub(super) fn all() -> PathItem {
    let mut item = PathItem::new(HttpMethod::Post, send());
    item.get = Some(list().build());
    item
}

/// Deciding about a comment.
pub(super) fn one() -> PathItem {
    PathItem::new(HttpMethod::Post, decide())
}

fn send() -> OperationBuilder {
    let taken = "It is held until somebody decides who made the page; sent again, it counts once.";
    OperationBuilder::new()
        .operation_id(Some("sendComment"))
        .summary(Some("Takes a comment on a published practice or document, from anybody"))
        .securities(Some([SecurityRequirement::default()]))
        .request_body(Some(body::<SentJson>()))
        .response("202", json(taken, reference::<AcceptedComment>()))
        .response("400", refusal("`malformed`, `comment_missing` or `comment_too_long`."))
        .response("403", refusal("Another site's page, or an address that is kept out."))
        .response("404", refusal("Not there, not published, or of a kind without comments."))
        .response("413", refusal("More than any comment has: `too_large`."))
        .response("429", refusal("Too many from there: `Retry-After` says when to try again."))
        .response("503", refusal("Nothing can be taken just now: `try_again`."))
}

fn list() -> OperationBuilder {
    with_session("listComments", "Lists the comments that wait for the caller's decision")
        .response("200", json("The first that came first.", reference::<HeldListing>()))
        .response("400", refusal("It takes no parameters: `unknown_parameter`."))
}

fn decide() -> OperationBuilder {
    let conflict = "`not_published`: the change that publishes it is not here yet; or \
        `already_decided`.";
    with_session("decideComment", "Publishes a comment that stands on its record, or rejects it")
        .parameter(parameters::id())
        .request_body(Some(body::<DecisionJson>()))
        .response("204", Response::new("It is decided; the words that were held are gone."))
        .response("400", refusal("`malformed`."))
        .response("403", refusal("The request comes from another site: `foreign_origin`."))
        .response("404", refusal("Not there, or not the caller's to decide: `unknown_comment`."))
        .response("409", refusal(conflict))
        .response("413", refusal("`too_large`."))
}

/// What every operation of somebody who has signed in answers alike.
pub(super) fn with_session(id: &str, summary: &str) -> OperationBuilder {
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .securities(Some([SecurityRequirement::new(SESSION, [] as [&str; 0])]))
        .response("401", refusal("Nobody is signed in: `signed_out`."))
        .response("503", refusal("The server cannot answer just now: `try_again`."))
}

/// A body of JSON that is needed.
pub(super) fn body<T: utoipa::ToSchema>() -> RequestBody {
    let content = Content::new(Some(reference::<T>()));
    RequestBodyBuilder::new()
        .content("application/json", content)
        .required(Some(Required::True))
        .build()
}
