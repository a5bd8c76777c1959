use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::EmailAddress;
use serde::Deserialize;
use utoipa::ToSchema;

use directory::Browser;

use super::cookie;
use crate::{Anyone, App, Body, Failure, me::view::MeView, peer::Peer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionCreate {
    email: EmailAddress,
    password: String,
    /// Others use this device too: the session ends after an hour without use, and with the browser.
    #[serde(default)]
    shared_device: bool,
}

/// Signs in; the answer sets the session cookie.
#[utoipa::path(
    post, path = "/api/v1/sessions", operation_id = "session_create", tag = "accounts", request_body = SessionCreate,
    responses((status = 201, description = "Signed in", body = MeView))
)]
pub(crate) async fn create(
    _: Anyone,
    State(app): State<App>,
    peer: Peer,
    browser: Browser,
    Body(given): Body<SessionCreate>,
) -> Result<(StatusCode, HeaderMap, Json<MeView>), Failure> {
    app.limits.sign_in_of_peer.take(&peer.0)?;
    app.limits.sign_in.take(&format!("{} {}", peer.0, given.email))?;
    let browser = Browser { shared: given.shared_device, ..browser };
    let signed_in = directory::sign_in(&app.directory, &given.email, &given.password, &browser).await?;
    let me = directory::me(&app.directory.instance, signed_in.account).await?;
    let cookie = cookie::given(&app, &signed_in.token, signed_in.shared);
    Ok((StatusCode::CREATED, cookie, Json(MeView::of(me, signed_in.session))))
}
