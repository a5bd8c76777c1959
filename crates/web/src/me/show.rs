use axum::{Json, extract::State};

use super::view::MeView;
use crate::{App, Failure, SignedIn};

/// The signed-in person and the places it belongs to.
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "me_show", tag = "accounts",
    responses((status = 200, description = "Oneself", body = MeView))
)]
pub(crate) async fn show(caller: SignedIn, State(app): State<App>) -> Result<Json<MeView>, Failure> {
    let me = directory::me(&app.directory.instance, caller.account).await?;
    Ok(Json(MeView::of(me, caller.session)))
}
