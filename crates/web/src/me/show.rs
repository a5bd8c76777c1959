use axum::{Json, extract::State, http::HeaderMap};

use super::view::MeView;
use crate::{App, Failure, SignedIn, sessions::cookie};

/// The signed-in person and the places it belongs to. When its rights changed since the session's token was handed
/// out, the answer sets a new one.
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "me_show", tag = "accounts",
    responses((status = 200, description = "Oneself", body = MeView))
)]
pub(crate) async fn show(caller: SignedIn, State(app): State<App>) -> Result<(HeaderMap, Json<MeView>), Failure> {
    let me = directory::me(&app.directory.instance, caller.account).await?;
    let headers = match caller.caller.rotation_due() {
        true => directory::rotate_session(&app.directory, caller.account, caller.session).await?,
        false => None,
    };
    let headers = headers.map(|new| cookie::given(&app, &new.token, new.shared)).unwrap_or_default();
    Ok((headers, Json(MeView::of(me, caller.session))))
}
