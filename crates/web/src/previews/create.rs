use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use directory::Seen;
use kernel::{MemberId, Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::SeatType;
use utoipa::ToSchema;

use super::{session_of, view::PreviewView};
use crate::{Allowed, Body, Failure, allowed::CallerOf};

/// As whom to look: exactly one of `role_key`, `base_role_key` and `member_id`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewCreate {
    /// A role as it is.
    #[schema(nullable = false)]
    role_key: Option<String>,
    /// A draft: the role that it begins as.
    #[schema(nullable = false)]
    base_role_key: Option<String>,
    /// Where the draft differs from its base: permission → none, masked, own or any.
    #[serde(default)]
    grants: BTreeMap<String, String>,
    /// A member, as they are.
    #[schema(nullable = false)]
    member_id: Option<MemberId>,
    /// The seat to look from, for a role or a draft; the role's usual one unless said otherwise.
    #[schema(nullable = false)]
    seat_type: Option<SeatType>,
}

impl PreviewCreate {
    fn seen(self) -> Result<Seen, Problem> {
        match (self.role_key, self.base_role_key, self.member_id) {
            (Some(key), None, None) if self.grants.is_empty() => Ok(Seen::Role(key)),
            (None, Some(base), None) => Ok(Seen::Draft { base, grants: self.grants }),
            (None, None, Some(member)) if self.grants.is_empty() && self.seat_type.is_none() => {
                Ok(Seen::Member(member))
            }
            _ => Err(Problem::field("", "invalid_value", "Name one role, one draft or one member to look as.")),
        }
    }
}

/// Begins a look at the workspace as a role, a draft of one or another member sees it, never seeing more than oneself.
/// Nothing can be changed through it; it ends by itself after half an hour.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/previews", operation_id = "preview_create", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)), request_body = PreviewCreate,
    responses((status = 201, description = "The preview", body = PreviewView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<tenancy::RoleView>,
    CallerOf(caller): CallerOf,
    Body(wanted): Body<PreviewCreate>,
) -> Result<(StatusCode, Json<PreviewView>), Failure> {
    let session = session_of(&caller)?;
    let seat = wanted.seat_type;
    let seen = wanted.seen()?;
    let mut tx = grant.begin().await?;
    let outcome = directory::start_preview(&mut tx, session, seen, seat).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome.map(PreviewView::from)).await?)))
}
