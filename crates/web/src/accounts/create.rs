use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use directory::{Browser, Locale, NewAccount, SignedUp, Way};
use kernel::{EmailAddress, Line, Password, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Anyone, App, Body, Failure, me::view::MeView, peer::Peer, sessions::cookie};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountCreate {
    name: Line,
    email: EmailAddress,
    password: Password,
    #[serde(default)]
    locale: Locale,
    /// From the operator's set-up link: makes the first owner.
    setup_token: Option<String>,
    /// From an invitation's link: joins the workspace instead of making one.
    invitation_token: Option<String>,
}

/// The answer goes by mail, whether or not the address had an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountPending {
    #[schema(inline)]
    status: Pending,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Pending {
    VerificationSent,
}

/// Signs up: an account with a workspace of its own, or with the membership it was invited to.
#[utoipa::path(
    post, path = "/api/v1/accounts", operation_id = "account_create", tag = "accounts", request_body = AccountCreate,
    responses(
        (status = 201, description = "Signed up and signed in", body = MeView),
        (status = 202, description = "A mail tells how to go on", body = AccountPending)
    )
)]
pub(crate) async fn create(
    _: Anyone,
    State(app): State<App>,
    peer: Peer,
    browser: Browser,
    Body(given): Body<AccountCreate>,
) -> Result<Response, Failure> {
    app.limits.sign_up.take(&peer.0)?;
    let way = way(given.setup_token, given.invitation_token)?;
    let new = NewAccount { name: given.name, email: given.email, password: given.password, locale: given.locale };
    match directory::sign_up(&app.directory, &new, &way, &browser).await? {
        SignedUp::Session(signed_in) => {
            let me = directory::me(&app.directory.instance, signed_in.account).await?;
            let cookie = cookie::given(&app, &signed_in.token, signed_in.shared);
            Ok((StatusCode::CREATED, cookie, Json(MeView::of(me, signed_in.session))).into_response())
        }
        SignedUp::CheckMail => {
            Ok((StatusCode::ACCEPTED, Json(AccountPending { status: Pending::VerificationSent })).into_response())
        }
    }
}

fn way(setup: Option<String>, invitation: Option<String>) -> Result<Way, Problem> {
    match (setup, invitation) {
        (None, None) => Ok(Way::Open),
        (Some(token), None) => Ok(Way::Setup(token)),
        (None, Some(token)) => Ok(Way::Invitation(token)),
        (Some(_), Some(_)) => {
            Err(Problem::field("/invitation_token", "invalid_value", "cannot stand beside a set-up token"))
        }
    }
}
