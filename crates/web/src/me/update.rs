use axum::{Json, extract::State};
use directory::{AccountChange, Locale};
use kernel::Line;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MeView;
use crate::{App, Body, Failure, SignedIn};

/// What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeUpdate {
    name: Option<Line>,
    locale: Option<Locale>,
}

/// Changes one's own name or language.
#[utoipa::path(
    patch, path = "/api/v1/me", operation_id = "me_update", tag = "accounts", request_body = MeUpdate,
    responses((status = 200, description = "Oneself", body = MeView))
)]
pub(crate) async fn update(
    caller: SignedIn,
    State(app): State<App>,
    Body(change): Body<MeUpdate>,
) -> Result<Json<MeView>, Failure> {
    let change = AccountChange { name: change.name, locale: change.locale };
    directory::update_account(&app.directory, caller.account, &change).await?;
    let me = directory::me(&app.directory.instance, caller.account).await?;
    Ok(Json(MeView::of(me, caller.session)))
}
