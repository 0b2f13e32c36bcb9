//! `DELETE /api/devices/{replica}`: takes a lost laptop's right to write.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use talkoot_core::id::ReplicaId;

use crate::api_error::ApiError;
use crate::caller::SignedIn;
use crate::services::Services;

/// Removes one of the caller's devices; whatever it pushes later is refused.
pub async fn remove(
    State(services): State<Services>,
    signed_in: SignedIn,
    Path(replica): Path<String>,
) -> Result<StatusCode, ApiError> {
    let replica: ReplicaId = replica.parse().map_err(|_| ApiError::UnknownDevice)?;
    let account = signed_in.account.id;
    let now_ms = services.clock.now_ms();
    let removed = services.accounts.remove_device(account, replica, now_ms).await?;
    if removed { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::UnknownDevice) }
}
