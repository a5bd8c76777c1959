use axum::Json;
use directory::{Availability, AvailabilityCause, AvailabilityStatus};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use tenancy::AvailabilitySet;
use utoipa::ToSchema;

use super::view::MemberPath;
use crate::{Allowed, Body, Failure, PathOf};

/// Whether somebody is here, as they said last or as the house found them.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityView {
    pub status: AvailabilityStatus,
    /// When the opposite holds by itself.
    #[schema(required)]
    pub until: Option<Timestamp>,
    /// Whether a person said so, or the house, to who touched nothing for a while.
    pub cause: AvailabilityCause,
}

impl From<Availability> for AvailabilityView {
    fn from(availability: Availability) -> Self {
        Self { status: availability.status, until: availability.until, cause: availability.cause }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AvailabilityPut {
    status: AvailabilityStatus,
    /// When the opposite holds by itself; until further notice where it is left out.
    until: Option<Timestamp>,
}

/// Whether a member is available.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/availability",
    operation_id = "availability_show", tag = "members", params(MemberPath),
    responses((status = 200, description = "The availability", body = AvailabilityView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<AvailabilitySet>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<Json<AvailabilityView>, Failure> {
    let mut session = grant.read().await?;
    Ok(Json(directory::look_at_availability(&mut session, path.member_id).await?.into()))
}

/// Says whether a member is available. Who is away keeps what they hold and is given nothing new.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/availability",
    operation_id = "availability_put", tag = "members", params(MemberPath), request_body = AvailabilityPut,
    responses((status = 200, description = "The availability", body = AvailabilityView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<AvailabilitySet>,
    PathOf(path): PathOf<MemberPath>,
    Body(said): Body<AvailabilityPut>,
) -> Result<Json<AvailabilityView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::set_availability(&mut tx, path.member_id, said.status, said.until).await;
    Ok(Json(tx.settle(outcome.map(AvailabilityView::from)).await?))
}
