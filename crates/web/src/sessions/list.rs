use axum::{Json, extract::State};
use kernel::{SessionId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, Failure, SignedIn, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub id: SessionId,
    /// "Firefox on Linux".
    pub device: String,
    /// Others use the device too.
    pub shared_device: bool,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// The session that asks.
    pub current: bool,
}

list_of!(SessionList, SessionView);

/// One's signed-in browsers, last used first; the newest hundred.
#[utoipa::path(
    get, path = "/api/v1/sessions", operation_id = "sessions_list", tag = "accounts",
    responses((status = 200, description = "One's sessions", body = SessionList))
)]
pub(crate) async fn list(caller: SignedIn, State(app): State<App>) -> Result<Json<SessionList>, Failure> {
    let sessions = directory::sessions(&app.directory.instance, caller.account).await?;
    let items = sessions.into_iter().map(|session| SessionView {
        id: session.id,
        device: session.device,
        shared_device: session.shared,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        current: session.id == caller.session,
    });
    Ok(Json(SessionList { items: items.collect(), next_cursor: None }))
}
