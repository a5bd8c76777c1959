use axum::Json;
use conversations::{AiDraft, Answerer, Cause, DraftState, EscalationReason, Mode, ModeChange};
use customers::masking::Exposure;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use tenancy::{ConversationReleaseToAi, ConversationTakeManual};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, AllowedEither, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModePut {
    mode: Answerer,
}

/// Takes a conversation over, or gives it to the AI. When a take-over is answered, nothing that the AI had under way
/// reaches the customer any more.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/mode",
    operation_id = "mode_put", tag = "conversations", params(ConversationPath), request_body = ModePut,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    allowed: AllowedEither<ConversationTakeManual, ConversationReleaseToAi>,
    PathOf(path): PathOf<ConversationPath>,
    Body(wish): Body<ModePut>,
) -> Result<Json<ConversationView>, Failure> {
    let id = path.conversation_id;
    match wish.mode {
        Answerer::Manual => {
            let mut tx = allowed.first()?.begin().await?;
            let viewer = tx.viewer();
            let outcome = conversations::take_over(&mut tx, id).await;
            Ok(Json(tx.settle(outcome.map(|conversation| ConversationView::of(conversation, &viewer))).await?))
        }
        Answerer::Ai => {
            let mut tx = allowed.second()?.begin().await?;
            let viewer = tx.viewer();
            let outcome = conversations::release(&mut tx, id).await;
            Ok(Json(tx.settle(outcome.map(|conversation| ConversationView::of(conversation, &viewer))).await?))
        }
    }
}

/// How the mode of a conversation changed, and what the AI wrote in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModeView {
    pub mode: Mode,
    pub epoch: i64,
    /// The newest 50, newest first.
    pub changes: Vec<ModeChangeView>,
    /// The newest 20, newest first.
    pub drafts: Vec<AiDraftView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ModeChangeView {
    /// The epoch that began with it.
    pub epoch: i64,
    pub at: Timestamp,
    pub from: Mode,
    pub to: Mode,
    pub cause: Cause,
    /// Why the AI handed over, where it did.
    #[schema(required)]
    pub reason: Option<EscalationReason>,
    pub actor: ModeActor,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ModeActor {
    /// `member`, `agent`, `visitor` or `duty`.
    pub kind: String,
    #[schema(required)]
    pub id: Option<Uuid>,
    /// Empty for who is no person.
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AiDraftView {
    pub epoch: i64,
    /// The customer's message that it answers.
    pub inbound_seq: i64,
    pub state: DraftState,
    pub text: String,
    /// The message that it became.
    #[schema(required)]
    pub message_seq: Option<i64>,
    pub created_at: Timestamp,
}

impl From<ModeChange> for ModeChangeView {
    fn from(change: ModeChange) -> Self {
        let (id, name) = change.actor.map_or((None, String::new()), |(id, name)| (Some(id), name));
        Self {
            epoch: change.epoch,
            at: change.at,
            from: change.from,
            to: change.to,
            cause: change.cause,
            reason: change.reason,
            actor: ModeActor { kind: change.actor_kind, id, name },
        }
    }
}

impl AiDraftView {
    fn of(draft: AiDraft, exposure: Exposure) -> Self {
        Self {
            epoch: draft.epoch,
            inbound_seq: draft.inbound_seq,
            state: draft.state,
            text: exposure.text(&draft.text),
            message_seq: draft.message_seq,
            created_at: draft.created_at,
        }
    }
}

/// Who answers a conversation, who did before, and what the AI wrote: sent, on its way, or stopped.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/mode",
    operation_id = "mode_show", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The mode", body = ModeView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<ModeView>, Failure> {
    let mut session = grant.read().await?;
    let conversation = conversations::show(&mut session, path.conversation_id).await?;
    let exposure = Exposure::beside_conversation(&session.viewer(), conversation.contact);
    let changes = conversations::mode_changes(&mut session, conversation.id).await?;
    let drafts = conversations::ai_drafts(&mut session, conversation.id).await?;
    Ok(Json(ModeView {
        mode: conversation.mode,
        epoch: conversation.mode_epoch,
        changes: changes.into_iter().map(ModeChangeView::from).collect(),
        drafts: drafts.into_iter().map(|draft| AiDraftView::of(draft, exposure)).collect(),
    }))
}
