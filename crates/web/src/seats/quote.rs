use axum::Json;
use billing::seat;
use kernel::{Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::{BillingView, MemberInvite};
use utoipa::ToSchema;

use super::view::SeatQuoteView;
use crate::{AllowedEither, Body, Failure};

const MOST: i64 = 10_000;

/// Further seats, by type.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeatQuoteCreate {
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(default)]
    full: i64,
    #[schema(minimum = 0, maximum = 10_000)]
    #[serde(default)]
    collaborator: i64,
}

/// What so many further seats cost at this moment. Nothing is taken or bought by it.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/seat-quote", operation_id = "seat_quote_create",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = SeatQuoteCreate,
    responses((status = 200, description = "The price", body = SeatQuoteView))
)]
pub(crate) async fn create(
    allowed: AllowedEither<MemberInvite, BillingView>,
    Body(wanted): Body<SeatQuoteCreate>,
) -> Result<Json<SeatQuoteView>, Failure> {
    for (field, quantity) in [("/full", wanted.full), ("/collaborator", wanted.collaborator)] {
        if !(0..=MOST).contains(&quantity) {
            return Err(Problem::field(field, "out_of_range", format!("Choose a number from 0 to {MOST}.")).into());
        }
    }
    let terms = seat::terms(&mut allowed.read().await?).await?;
    Ok(Json(SeatQuoteView::of(&terms, wanted.full, wanted.collaborator)?))
}
