use axum::{Json, extract::State, http::HeaderMap};
use kernel::Problem;
use serde::Deserialize;
use tenancy::{Grant, InboundReceive};
use utoipa::IntoParams;

use super::{cors, view::WidgetConfigView};
use crate::{Anyone, App, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfigQuery {
    /// The channel's public key.
    key: String,
}

/// How the chat looks and who is behind it.
#[utoipa::path(
    get, path = "/widget/v1/config", operation_id = "widget_config_show", tag = "widget", params(ConfigQuery),
    responses((status = 200, description = "The chat", body = WidgetConfigView))
)]
pub(crate) async fn show(
    _: Anyone,
    State(app): State<App>,
    headers: HeaderMap,
    Params(query): Params<ConfigQuery>,
) -> Result<Json<WidgetConfigView>, Failure> {
    let (grant, channel) = open_channel(&app, &headers, &query.key).await?;
    if channel.is_unseen(app.vault.clock().now()) {
        let mut tx = grant.begin().await?;
        let outcome = channels::seen(&mut tx, channel.id).await;
        tx.settle(outcome).await?;
    }
    let team = channels::team(&mut grant.read().await?).await?;
    Ok(Json(WidgetConfigView::of(channel.name, channel.settings, team)))
}

/// The channel with this public key, if it is open to the page that asks.
pub(super) async fn open_channel(
    app: &App,
    headers: &HeaderMap,
    key: &str,
) -> Result<(Grant<InboundReceive>, channels::Channel), Failure> {
    let caller = app.vault.caller_of_channel(key).await?.ok_or_else(Problem::not_found)?;
    let workspace = caller.home().ok_or_else(Problem::not_found)?;
    let scope = app.vault.enter(&caller, workspace).await?;
    let tenancy::Actor::Channel(id) = *scope.actor() else { return Err(Problem::not_found().into()) };
    let grant = scope.grant::<InboundReceive>()?;
    let channel = channels::show(&mut grant.read().await?, id).await?;
    cors::admit(app, headers, &channel.allowed_origins)?;
    Ok((grant, channel))
}
