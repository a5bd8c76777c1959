use axum::{Json, extract::State, http::StatusCode};
use directory::{Invitation, Inviting, Lifetime, Offer, Refusal};
use kernel::{EmailAddress, Problem, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType, WorkspaceTransferOwnership};
use utoipa::ToSchema;

use super::view::InvitationView;
use crate::{AllowedEither, App, Body, Failure};

const MOST: usize = 50;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationCreate {
    /// One address; the answer is its invitation.
    email: Option<EmailAddress>,
    /// Several addresses, each invited or refused by itself.
    #[schema(min_items = 1, max_items = 50)]
    emails: Option<Vec<EmailAddress>>,
    role_key: String,
    /// The role's usual seat unless said otherwise.
    seat_type: Option<SeatType>,
    /// How long the invitation stands after each sending.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 30, default = 14)]
    lifetime_days: Option<Lifetime>,
}

/// The invitation, or what became of each of several.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum InvitationCreated {
    One(InvitationView),
    Several(InvitationOutcomes),
}

/// In the order of the addresses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationOutcomes {
    items: Vec<InvitationOutcome>,
}

/// An address with its invitation, or with why it has none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationOutcome {
    #[schema(format = Email)]
    email: EmailAddress,
    #[schema(required)]
    invitation: Option<InvitationView>,
    #[schema(required)]
    problem: Option<InvitationProblem>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationProblem {
    code: String,
    detail: String,
}

/// Invites colleagues by mail: for a full seat with `member.invite`, for a collaborator's with
/// `member.invite_collaborator`. Where the policy pack offers it, its owner invites somebody as owner, alone.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/invitations", operation_id = "invitation_create", tag = "members",
    params(("workspace_id" = WorkspaceId, Path)), request_body = InvitationCreate,
    responses((status = 201, description = "The invitation, or one outcome for each address", body = InvitationCreated))
)]
pub(crate) async fn create(
    allowed: AllowedEither<MemberInvite, MemberInviteCollaborator>,
    State(app): State<App>,
    Body(given): Body<InvitationCreate>,
) -> Result<(StatusCode, Json<InvitationCreated>), Failure> {
    let InvitationCreate { email, emails, role_key, seat_type, lifetime_days } = given;
    let to = Addressees::of(email, emails)?;
    app.limits.invitations.take_many(&allowed.scope().workspace().to_string(), to.count())?;
    let mut session = allowed.read().await?;
    let as_owner = directory::makes_owner(&mut session, &role_key).await?;
    let seat_type = match seat_type {
        Some(seat_type) => seat_type,
        None => directory::usual_seat(&mut session, &role_key).await?,
    };
    drop(session);
    let offer = Offer { role_key, lifetime: lifetime_days.unwrap_or_default() };
    let created = match seat_type {
        SeatType::Full if as_owner => invite_as_owner(&allowed.first()?, &to, offer.lifetime).await?,
        SeatType::Full => invite(&allowed.first()?, &to, &offer).await?,
        SeatType::Collaborator => invite(&allowed.second()?, &to, &offer).await?,
    };
    Ok((StatusCode::CREATED, Json(created)))
}

/// One address, or several.
enum Addressees {
    One(EmailAddress),
    Several(Vec<EmailAddress>),
}

impl Addressees {
    fn of(one: Option<EmailAddress>, several: Option<Vec<EmailAddress>>) -> Result<Self, Problem> {
        match (one, several) {
            (Some(one), None) => Ok(Self::One(one)),
            (None, Some(several)) if (1..=MOST).contains(&several.len()) => Ok(Self::Several(several)),
            (None, Some(_)) => Err(Problem::field("/emails", "invalid_value", "holds from 1 to 50 addresses")),
            (None, None) => Err(Problem::field("/email", "missing_field", "names nobody to invite")),
            (Some(_), Some(_)) => Err(Problem::field("/email", "invalid_value", "cannot stand beside emails")),
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Several(several) => several.len(),
        }
    }
}

async fn invite<P: Inviting>(grant: &Grant<P>, to: &Addressees, offer: &Offer) -> Result<InvitationCreated, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = match to {
        Addressees::One(email) => directory::invite(&mut tx, email, offer).await.map(InvitationCreated::of),
        Addressees::Several(emails) => directory::invite_all(&mut tx, emails, offer).await.map(|outcomes| {
            let items = emails.iter().zip(outcomes).map(InvitationOutcome::of).collect();
            InvitationCreated::Several(InvitationOutcomes { items })
        }),
    };
    Ok(tx.settle_created(outcome).await?)
}

/// Owning comes close to everything: it takes the right to hand over as well, and a fresh proof of who one is.
async fn invite_as_owner(
    grant: &Grant<MemberInvite>,
    to: &Addressees,
    lifetime: Lifetime,
) -> Result<InvitationCreated, Failure> {
    let Addressees::One(email) = to else {
        return Err(Problem::field("/emails", "invalid_value", "a workspace has one owner: use email").into());
    };
    let mut tx = grant.scope().grant::<WorkspaceTransferOwnership>()?.begin().await?;
    let outcome = directory::invite_as_owner(&mut tx, email, lifetime).await.map(InvitationCreated::of);
    Ok(tx.settle_created(outcome).await?)
}

impl InvitationCreated {
    fn of(invitation: Invitation) -> Self {
        Self::One(invitation.into())
    }
}

impl InvitationOutcome {
    fn of((email, outcome): (&EmailAddress, Result<Invitation, Refusal>)) -> Self {
        let (invitation, refusal) = match outcome {
            Ok(invitation) => (Some(invitation.into()), None),
            Err(refusal) => (None, Some(Problem::from(refusal))),
        };
        let problem =
            refusal.map(|problem| InvitationProblem { code: problem.code.to_owned(), detail: problem.detail });
        Self { email: email.clone(), invitation, problem }
    }
}
