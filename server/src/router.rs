//! Which address leads where, and what every answer has in common.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, delete, get, post};
use talkoot_core::limits::MESSAGE_BYTES_MAX;

use crate::api_error::ApiError;
use crate::http::{
    comments, description, devices, digest, health, origin, records, session, socket, sync, yjs,
};
use crate::services::Services;
use crate::{public, telemetry, web};

/// Largest body of a request that only names something, in bytes.
const FORM_BYTES_MAX: usize = 8 * 1_024;

/// Largest body of a comment, in bytes: every letter of a long one escaped twice.
const COMMENT_BYTES_MAX: usize = 64 * 1_024;

/// Builds the router of a server.
pub fn router(services: Services) -> Router {
    Router::new()
        .nest("/api", api(&services))
        .nest("/yjs", texts(&services))
        .merge(public_files())
        .fallback(web::page)
        .layer(from_fn_with_state(services.clone(), web::headers::add))
        .layer(from_fn(telemetry::log_request))
        .with_state(services)
}

fn api(services: &Services) -> Router<Services> {
    let session = get(session::show).post(session::sign_in).delete(session::sign_out);
    let large = DefaultBodyLimit::max(MESSAGE_BYTES_MAX);
    let comments =
        post(comments::send).layer(DefaultBodyLimit::max(COMMENT_BYTES_MAX)).get(comments::list);
    Router::new()
        .route("/health", get(health::health))
        .route("/session", session)
        .route("/devices/{replica}", delete(devices::remove))
        .route("/socket", get(socket::open))
        .route("/sync", post(sync::sync).layer(large))
        .route("/v1/comments", comments)
        .route("/v1/comments/{id}", post(comments::decide))
        .route("/v1/digest", get(digest::show).put(digest::choose))
        .route("/v1/digest/{link}", get(digest::ask).post(digest::end))
        .route("/v1/openapi.json", get(description::show))
        .route("/v1/records", get(records::list))
        .route("/v1/records/{name}", get(records::show))
        .route("/", any(unknown))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(from_fn_with_state(services.clone(), origin::check_origin))
}

/// What feed readers and robots ask for.
fn public_files() -> Router<Services> {
    Router::new()
        .route("/sitemap.xml", get(public::sitemap))
        .route("/robots.txt", get(public::robots))
        .route("/feeds/{*name}", get(public::feed))
        .method_not_allowed_fallback(wrong_method)
}

fn texts(services: &Services) -> Router<Services> {
    Router::new()
        .route("/{*name}", get(yjs::open))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(services.clone(), origin::check_origin))
}

async fn unknown() -> ApiError {
    ApiError::UnknownRoute
}

async fn wrong_method() -> ApiError {
    ApiError::WrongMethod
}
