use axum::Json;
use kernel::MacroId;
use serde::Deserialize;
use tenancy::CannedResponseUse;
use utoipa::ToSchema;

use crate::{
    Allowed, Body, Failure, PathOf,
    conversations::{
        show::ConversationPath,
        view::{ConversationView, refusal},
    },
    undo::Undoable,
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MacroRunCreate {
    macro_id: MacroId,
    /// The newest message one has seen: where the macro answers, a colleague's newer answer refuses it with 409.
    #[serde(default)]
    #[schema(minimum = 0)]
    seen_seq: i64,
}

/// Runs a macro on a conversation with one's own rights: all its actions, or none.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/macro-runs",
    operation_id = "macro_run", tag = "macros", params(ConversationPath), request_body = MacroRunCreate,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CannedResponseUse>,
    PathOf(path): PathOf<ConversationPath>,
    Body(run): Body<MacroRunCreate>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::run_macro(tx, path.conversation_id, run.macro_id, run.seen_seq).await;
    let (mut tx, conversation) = outcome.map_err(|refused| refusal(refused, workspace, &viewer))?;
    let undo = tx.undo_offer();
    let outcome = Ok::<_, tenancy::Error>(ConversationView::of(conversation, &viewer));
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
