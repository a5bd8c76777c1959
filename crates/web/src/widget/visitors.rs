use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use channels::{Claim, SignedIdentity};
use conversations::Visit;
use kernel::{EmailAddress, Line, LongText};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{config::open_channel, view::VisitorSessionView};
use crate::{Anyone, App, Body, Failure, peer::Peer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitorCreate {
    channel_key: String,
    /// The token of an earlier visit, to go on with it.
    visitor_token: Option<String>,
    /// As typed: a claim that joins nobody.
    name: Option<Line>,
    /// As typed: a claim that joins nobody.
    email: Option<EmailAddress>,
    /// Whom the site says it is.
    identity: Option<VisitorIdentity>,
    /// The language of the chat.
    locale: Option<Line>,
    /// The page it was opened on.
    page_url: Option<LongText>,
}

/// A user of the website, signed by the website's server.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitorIdentity {
    #[schema(min_length = 1, max_length = 200)]
    user_id: String,
    name: Option<Line>,
    email: Option<EmailAddress>,
    /// Hex HMAC-SHA256 of `user_id` under the channel's identity secret.
    hash: String,
}

/// Begins a visit, or goes on with an earlier one under a fresh token.
#[utoipa::path(
    post, path = "/widget/v1/visitors", operation_id = "visitor_create", tag = "widget", request_body = VisitorCreate,
    responses((status = 201, description = "The visit and its token", body = VisitorSessionView))
)]
pub(crate) async fn create(
    _: Anyone,
    State(app): State<App>,
    Peer(peer): Peer,
    headers: HeaderMap,
    Body(visitor): Body<VisitorCreate>,
) -> Result<(StatusCode, Json<VisitorSessionView>), Failure> {
    app.limits.visitors.take(&peer)?;
    let (grant, channel) = open_channel(&app, &headers, &visitor.channel_key).await?;
    let mut tx = grant.begin().await?;
    let outcome = conversations::visit(&mut tx, &channel, visitor.into()).await.map(VisitorSessionView::of);
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

impl From<VisitorCreate> for Visit {
    fn from(visitor: VisitorCreate) -> Self {
        let mut claim = Claim { name: visitor.name, email: visitor.email, locale: visitor.locale.map(String::from) };
        let identity = visitor.identity.map(|identity| {
            claim.name = identity.name.or(claim.name.take());
            claim.email = identity.email.or(claim.email.take());
            SignedIdentity { user_id: identity.user_id, hash: identity.hash }
        });
        Self { token: visitor.visitor_token, claim, identity, page: visitor.page_url.map(String::from) }
    }
}
