use axum::{Json, http::StatusCode};
use conversations::{Briefing, NewHandover, NoteRefusal, Receiver};
use kernel::{LabelId, MemberId, NoteText, TeamId};
use serde::Deserialize;
use tenancy::ConversationAssign;
use utoipa::ToSchema;

use super::view::HandedOverView;
use crate::{Allowed, Body, Failure, PathOf, conversations::show::ConversationPath};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandoverCreate {
    to: HandoverReceiver,
    note: HandoverNote,
    /// Labels to put on, beside.
    #[serde(default)]
    label_ids: Vec<LabelId>,
    /// How long there is to answer, at most a week; without it, as long as is usual here.
    #[schema(minimum = 1, maximum = 10080)]
    respond_within_minutes: Option<u32>,
}

/// One of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandoverReceiver {
    member_id: Option<MemberId>,
    team_id: Option<TeamId>,
}

/// What the receiver needs to go on without asking.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandoverNote {
    context: NoteText,
    #[serde(default)]
    discussed: NoteText,
    next: NoteText,
}

/// Hands a conversation over: note, labels, assignment and notification in one act. Takes `note.create`, and
/// `label.apply` where labels are put on, too.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/handovers",
    operation_id = "handover_create", tag = "handovers", params(ConversationPath), request_body = HandoverCreate,
    responses((status = 201, description = "The hand-over and its conversation", body = HandedOverView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
    Body(new): Body<HandoverCreate>,
) -> Result<(StatusCode, Json<HandedOverView>), Failure> {
    let to = match (new.to.member_id, new.to.team_id) {
        (Some(member), None) => Receiver::Member(member),
        (None, Some(team)) => Receiver::Team(team),
        _ => return Err(conversations::Refusal::from(NoteRefusal::OneReceiver).into()),
    };
    let HandoverNote { context, discussed, next } = new.note;
    let new = NewHandover {
        to,
        briefing: Briefing { context, discussed, next },
        labels: new.label_ids,
        respond_within_minutes: new.respond_within_minutes,
    };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::hand_over(&mut tx, path.conversation_id, new).await;
    let outcome = outcome.map(|handed| HandedOverView::of(handed, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
