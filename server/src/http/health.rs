//! `GET /api/health`: whether the server runs, for those who watch it.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::api_error::ApiError;
use crate::services::Services;
use crate::store::sqlite::SCHEMA;

/// How the server is.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
    /// The version of the database's tables.
    schema: u32,
}

/// Says that the server runs and that its database answers.
pub async fn health(State(services): State<Services>) -> Result<Json<Health>, ApiError> {
    services.changes.audience(talkoot_core::id::RecordId([0; 16])).await?;
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), schema: SCHEMA }))
}
