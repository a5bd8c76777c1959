use axum::Json;
use kernel::WorkspaceId;
use tenancy::{ConversationView, CustomerView};

use super::view::{LabelList, LabelView};
use crate::{Failure, allowed::AllowedEither};

/// The labels: those that came with the workspace first, then those that people made, then the members'.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/labels", operation_id = "labels_list", tag = "labels",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The labels", body = LabelList))
)]
pub(crate) async fn list(either: AllowedEither<ConversationView, CustomerView>) -> Result<Json<LabelList>, Failure> {
    let mut session = either.read().await?;
    let labels = customers::label::labels(&mut session).await?;
    let viewer = session.viewer();
    Ok(Json(LabelList { items: labels.into_iter().map(|label| LabelView::of(label, &viewer)).collect() }))
}
