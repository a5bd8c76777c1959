use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema},
};

use crate::{Anyone, App, Failure, body};

/// The event as it was signed; read only once its signature is good.
struct StripeEvent;

impl PartialSchema for StripeEvent {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().into()
    }
}
impl ToSchema for StripeEvent {}

/// Takes in what Stripe tells. The signature is over the very bytes; without a secret, or without exactly one signature,
/// nothing is taken.
#[utoipa::path(
    post, path = "/hooks/stripe", operation_id = "stripe_hook", tag = "billing",
    params(("Stripe-Signature" = Option<String>, Header)),
    request_body(content = inline(StripeEvent), content_type = "application/json"),
    responses((status = 204, description = "Taken in"))
)]
pub(crate) async fn post(
    _: Anyone,
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Failure> {
    let body = body::read(body).await?;
    let mut signatures = headers.get_all("stripe-signature").iter();
    let signature = match (signatures.next(), signatures.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    };
    ::billing::sync::receive(&app.vault.instance(), &*app.till, signature, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
