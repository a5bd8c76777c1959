use axum::Json;
use serde::Serialize;
use tenancy::ChannelManage;
use utoipa::ToSchema;

use super::show::ChannelPath;
use crate::{Allowed, Failure, PathOf};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdentitySecretView {
    /// Shown this once. Keep it on the site's server; it signs the ids of signed-in users.
    secret: String,
}

/// Replaces the secret by which the site vouches for its signed-in users.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/channels/{channel_id}/identity-secret",
    operation_id = "identity_secret_create", tag = "channels", params(ChannelPath),
    responses((status = 200, description = "The new secret", body = IdentitySecretView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ChannelManage>,
    PathOf(path): PathOf<ChannelPath>,
) -> Result<Json<IdentitySecretView>, Failure> {
    let mut tx = grant.begin().await?;
    tx.answer_is_secret();
    let outcome =
        channels::rotate_identity_secret(&mut tx, path.channel_id).await.map(|secret| IdentitySecretView { secret });
    Ok(Json(tx.settle(outcome).await?))
}
