use axum::{Json, extract::State};
use kernel::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Allowed, App, Failure};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OnboardingView {
    items: Vec<OnboardingItem>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OnboardingItem {
    #[schema(inline)]
    key: Step,
    done: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Step {
    PasteWidget,
    InviteColleague,
    AnswerConversation,
    VerifyEmail,
}

/// Which of the first steps are done.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/onboarding", operation_id = "onboarding_show", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The first steps", body = OnboardingView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    State(app): State<App>,
) -> Result<Json<OnboardingView>, Failure> {
    let mut session = grant.read().await?;
    let item = |key, done| OnboardingItem { key, done };
    let mut items = vec![
        item(Step::PasteWidget, ::channels::is_installed(&mut session).await?),
        item(Step::InviteColleague, directory::has_colleagues(&mut session).await?),
        item(Step::AnswerConversation, ::conversations::has_answered(&mut session).await?),
    ];
    // Connections are few: nobody holds two.
    drop(session);
    if let Some(member) = grant.scope().member() {
        items.push(item(Step::VerifyEmail, directory::has_verified_email(&app.directory, member.account).await?));
    }
    Ok(Json(OnboardingView { items }))
}
