use axum::http::StatusCode;
use conversations::MergeKind;
use tenancy::{ConversationAssign, CustomerEdit};

use super::view::MergePath;
use crate::{AllowedEither, Failure, PathOf};

/// Parts again what became one, and joins again what was split; what went on since stays as it is. Conversations take the
/// right to assign, customers the right to edit.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/merges/{merge_id}", operation_id = "merge_delete",
    tag = "merges", params(MergePath), responses((status = 204, description = "They are as they were"))
)]
pub(crate) async fn delete(
    either: AllowedEither<ConversationAssign, CustomerEdit>,
    PathOf(path): PathOf<MergePath>,
) -> Result<StatusCode, Failure> {
    match conversations::merge_kind(&mut either.read().await?, path.merge_id).await? {
        MergeKind::Conversation | MergeKind::Split => {
            let mut tx = either.first()?.begin().await?;
            let outcome = conversations::part_conversations(&mut tx, path.merge_id).await;
            tx.settle(outcome).await?;
        }
        MergeKind::Customer => {
            let mut tx = either.second()?.begin().await?;
            let outcome = conversations::part_customers(&mut tx, path.merge_id).await;
            tx.settle(outcome).await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
