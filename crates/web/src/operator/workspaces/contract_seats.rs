use axum::Json;
use billing::checkout::Quantity;
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::{Operating, Operator, Tx};
use utoipa::ToSchema;

use super::view::OperatorWorkspaceView;
use crate::{Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContractSeats {
    /// How many full seats were agreed on; null leaves it to what the plan itself says.
    #[schema(required)]
    seats: Option<Quantity>,
}

/// Writes down how many full seats a contract states, where the catalogue has them agreed on. Nothing is charged for it.
#[utoipa::path(
    put, path = "/api/v1/operator/workspaces/{workspace_id}/contract-seats", operation_id = "operator_contract_seats_put",
    tag = "operator", params(("workspace_id" = WorkspaceId, Path)), request_body = ContractSeats,
    responses((status = 200, description = "The workspace", body = OperatorWorkspaceView))
)]
pub(crate) async fn put(
    operator: Operator,
    PathOf(workspace): PathOf<WorkspaceId>,
    Body(ContractSeats { seats }): Body<ContractSeats>,
) -> Result<Json<OperatorWorkspaceView>, Failure> {
    let mut tx = operator.enter(workspace)?.begin().await?;
    let outcome = agree(&mut tx, seats).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn agree(tx: &mut Tx<Operating>, seats: Option<Quantity>) -> Result<OperatorWorkspaceView, Failure> {
    billing::agree_on_seats(tx, seats).await?;
    OperatorWorkspaceView::read(tx).await
}
