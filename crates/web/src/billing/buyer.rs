use axum::Json;
use billing::{Party, buyer};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::{BillingManage, BillingView};
use utoipa::ToSchema;

use super::party::{PartyPut, PartyView};
use crate::{Allowed, Body, Failure};

/// Whom invoices are for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BuyerSetting {
    /// Null until somebody says it: invoices name the workspace alone then.
    #[schema(required)]
    buyer: Option<PartyView>,
}

impl From<Option<Party>> for BuyerSetting {
    fn from(buyer: Option<Party>) -> Self {
        Self { buyer: buyer.map(PartyView::from) }
    }
}

/// Whom the next invoice is for. Those that were issued keep whom they are for.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/buyer", operation_id = "billing_buyer_show", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "Who it is", body = BuyerSetting))
)]
pub(crate) async fn show(Allowed(grant): Allowed<BillingView>) -> Result<Json<BuyerSetting>, Failure> {
    Ok(Json(buyer::buyer(&mut grant.read().await?).await?.into()))
}

/// Says whom invoices are for that the server writes itself, from the next one on.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/billing/buyer", operation_id = "billing_buyer_put", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)), request_body = PartyPut,
    responses((status = 200, description = "Who it is", body = BuyerSetting))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<BillingManage>,
    Body(PartyPut { name, details }): Body<PartyPut>,
) -> Result<Json<BuyerSetting>, Failure> {
    let mut tx = grant.begin().await?;
    let said = buyer::put(&mut tx, name, details).await;
    Ok(Json(Some(tx.settle(said).await?).into()))
}
