use axum::{Json, extract::State, http::StatusCode};
use directory::{Authority, FirstPassword, Inviting, NewMember};
use kernel::{EmailAddress, Line, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType};
use utoipa::ToSchema;

use super::view::MemberView;
use crate::{AllowedEither, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberCreate {
    name: Line,
    email: EmailAddress,
    role_key: String,
    /// The role's usual seat unless said otherwise.
    seat_type: Option<SeatType>,
    /// `link` mails a link by which the new person chooses a password; `password` generates one, where the policy
    /// pack offers that.
    with: FirstPassword,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberCreated {
    member: MemberView,
    /// The generated password, shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    initial_password: Option<String>,
}

/// Makes an account and its place here. Who has an account already is invited instead.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/members", operation_id = "member_create", tag = "members",
    params(("workspace_id" = WorkspaceId, Path)), request_body = MemberCreate,
    responses((status = 201, description = "The member", body = MemberCreated))
)]
pub(crate) async fn create(
    caller: AllowedEither<MemberInvite, MemberInviteCollaborator>,
    State(app): State<App>,
    Body(new): Body<MemberCreate>,
) -> Result<(StatusCode, Json<MemberCreated>), Failure> {
    app.limits.invitations.take(&caller.scope().workspace().to_string())?;
    let MemberCreate { name, email, role_key, seat_type, with } = new;
    let seat_type = match seat_type {
        Some(seat_type) => seat_type,
        None => directory::usual_seat(&mut caller.read().await?, &role_key).await?,
    };
    let new = NewMember { name, email, role_key, first_password: with };
    let created = match seat_type {
        SeatType::Full => made(&app, &caller.first()?, &new).await?,
        SeatType::Collaborator => made(&app, &caller.second()?, &new).await?,
    };
    Ok((StatusCode::CREATED, Json(created)))
}

async fn made<P: Inviting>(app: &App, grant: &Grant<P>, new: &NewMember) -> Result<MemberCreated, Failure> {
    let viewer = Authority::of(&mut grant.read().await?).await?;
    let created = directory::create_member(&app.directory, grant, new, |created| MemberCreated {
        member: MemberView::of(created.member, &viewer),
        initial_password: created.initial_password,
    });
    Ok(created.await?)
}
