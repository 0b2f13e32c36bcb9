//! `GET /api/v1/openapi.json`: the open API, described for programs.
//!
//! Made by `utoipa` from the types that are sent. Objects are closed, so an
//! answer with anything that is not described breaks the description.

mod commenting;
mod mailing;
mod parameters;
mod paths;

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Schema};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::api_error::{ApiError, Refused};
use crate::http::comments::{AcceptedComment, DecisionJson, HeldJson, HeldListing, SentJson};
use crate::http::digest::{DigestChoiceJson, DigestJson};
use crate::record_json::{Listing, RecordJson};

/// What the cookie of a session is called in the description.
const SESSION: &str = "session";

const ABOUT: &str = "What somebody may see in this workspace, for other programs. Reading, \
    comments on what is published, and mail about what is unread. \
    Without a session one sees what is published; with one, what its account may see. Who may \
    not write a document or a practice gets the version that was published. What is out of sight \
    answers exactly as what does not exist.";

/// Answers with the description.
pub async fn show(
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Response, ApiError> {
    if query.is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::UnknownParameter);
    }
    Ok(([(CACHE_CONTROL, "no-cache")], Json(description())).into_response())
}

/// Builds the description.
pub fn description() -> OpenApi {
    let cookie = "The cookie that signing in at /api/session sets; over https its name begins \
        with __Host-.";
    let key = ApiKey::Cookie(ApiKeyValue::with_description("talkoot", cookie));
    let components = ComponentsBuilder::new()
        .security_scheme(SESSION, SecurityScheme::ApiKey(key))
        .schemas_from_iter(schemas())
        .build();
    let info = InfoBuilder::new().title("Talkoot").version("1").description(Some(ABOUT)).build();
    OpenApiBuilder::new().info(info).paths(paths::paths()).components(Some(components)).build()
}

/// All schemas, each object closed.
fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![
        (Listing::name().into(), Listing::schema()),
        (RecordJson::name().into(), RecordJson::schema()),
        (Refused::name().into(), Refused::schema()),
        (SentJson::name().into(), SentJson::schema()),
        (AcceptedComment::name().into(), AcceptedComment::schema()),
        (HeldListing::name().into(), HeldListing::schema()),
        (HeldJson::name().into(), HeldJson::schema()),
        (DecisionJson::name().into(), DecisionJson::schema()),
        (DigestJson::name().into(), DigestJson::schema()),
        (DigestChoiceJson::name().into(), DigestChoiceJson::schema()),
    ];
    Listing::schemas(&mut schemas);
    DigestJson::schemas(&mut schemas);
    DigestChoiceJson::schemas(&mut schemas);
    RecordJson::schemas(&mut schemas);
    for (_, schema) in &mut schemas {
        close(schema);
    }
    schemas
}

fn close(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) if !object.properties.is_empty() => {
            let closed = AdditionalProperties::FreeForm(false);
            object.additional_properties.get_or_insert(Box::new(closed));
        }
        Schema::OneOf(one) => one.items.iter_mut().for_each(close),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(close),
        Schema::Object(_) | Schema::Array(_) | Schema::AllOf(_) | _ => {}
    }
}
