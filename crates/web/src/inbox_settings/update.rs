use axum::Json;
use directory::InboxChange;
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::{ReplyLock, WorkspaceEditSettings};
use utoipa::ToSchema;

use super::view::InboxSettingsView;
use crate::{Allowed, Body, Failure, body::given};

/// What to decide; a field that is left out stays, null leaves it to the pack.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InboxSettingsUpdate {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<ReplyLock>)]
    reply_lock: Option<Option<ReplyLock>>,
    /// At most a week; 0 is never.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    ai_auto_resume_minutes: Option<Option<u32>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    ai_outside_business_hours: Option<Option<bool>>,
    /// At most 120; 0 sends at once.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    send_hold_seconds: Option<Option<u32>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    name_label_sync: Option<Option<bool>>,
    /// At most a week; 0 is never.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    handover_minutes: Option<Option<u32>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    requeue_on_reopen_unavailable: Option<Option<bool>>,
    /// At most a day; 0 is never.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u32>)]
    auto_away_minutes: Option<Option<u32>>,
}

/// Decides how the inbox works here, beside the pack.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/inbox-settings", operation_id = "inbox_settings_update",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)), request_body = InboxSettingsUpdate,
    responses((status = 200, description = "The settings", body = InboxSettingsView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<WorkspaceEditSettings>,
    Body(update): Body<InboxSettingsUpdate>,
) -> Result<Json<InboxSettingsView>, Failure> {
    let change = InboxChange {
        reply_lock: update.reply_lock,
        ai_auto_resume_minutes: update.ai_auto_resume_minutes,
        ai_outside_business_hours: update.ai_outside_business_hours,
        send_hold_seconds: update.send_hold_seconds,
        name_label_sync: update.name_label_sync,
        handover_minutes: update.handover_minutes,
        requeue_on_reopen_unavailable: update.requeue_on_reopen_unavailable,
        auto_away_minutes: update.auto_away_minutes,
    };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = directory::update_inbox_settings(&mut tx, change).await;
    Ok(Json(tx.settle(outcome.map(|policy| InboxSettingsView::of(policy, &viewer))).await?))
}
