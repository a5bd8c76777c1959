use axum::Json;
use billing::support_request::{self, Decision};
use kernel::{LongText, OperatorRequestId, Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::{Operating, Operator, Tx};
use utoipa::ToSchema;

use super::view::OperatorRequestView;
use crate::{Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupportAnswer {
    #[schema(inline)]
    state: Decision,
    text: LongText,
}

/// Answers a request and closes it; who asked is told. What was granted is not done by that.
#[utoipa::path(
    put, path = "/api/v1/operator/workspaces/{workspace_id}/support-requests/{support_request_id}/answer",
    operation_id = "operator_support_answer_put", tag = "operator",
    params(("workspace_id" = WorkspaceId, Path), ("support_request_id" = OperatorRequestId, Path)),
    request_body = SupportAnswer,
    responses((status = 200, description = "The request", body = OperatorRequestView))
)]
pub(crate) async fn put(
    operator: Operator,
    PathOf((workspace, request)): PathOf<(WorkspaceId, OperatorRequestId)>,
    Body(SupportAnswer { state, text }): Body<SupportAnswer>,
) -> Result<Json<OperatorRequestView>, Failure> {
    if text.trim().is_empty() {
        return Err(Problem::field("/text", "missing_field", "Say something to who asked.").into());
    }
    let mut tx = operator.enter(workspace)?.begin().await?;
    let outcome = answer(&mut tx, request, state, &text).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn answer(
    tx: &mut Tx<Operating>,
    request: OperatorRequestId,
    decision: Decision,
    text: &LongText,
) -> Result<OperatorRequestView, Failure> {
    let answered = support_request::answer(tx, request, decision, text).await?;
    OperatorRequestView::of(tx, answered).await
}
