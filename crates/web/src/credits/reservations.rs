use axum::{Json, http::StatusCode};
use billing::ledger::{Cause, Claim, Credits, ReservationTime};
use kernel::WorkspaceId;
use serde::{Deserialize, Serialize};
use tenancy::{CreditConsume, Subject};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{CreditReservationView, ReservationPath};
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditReservationCreate {
    #[schema(value_type = i64, minimum = 1, maximum = 1_000_000_000)]
    amount: Credits,
    /// What kind of work it is: small letters, digits and `_`, at most 40.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    cause: Cause,
    #[schema(nullable = false)]
    subject: Option<CreditSubject>,
    /// After so long what is not settled is given back; five minutes unless asked otherwise.
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1, maximum = 3600)]
    ttl_seconds: Option<ReservationTime>,
}

/// What the work is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditSubject {
    #[schema(inline)]
    kind: CreditSubjectKind,
    id: Uuid,
}

#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CreditSubjectKind {
    Conversation,
    Customer,
}

impl From<CreditSubject> for Subject {
    fn from(subject: CreditSubject) -> Self {
        let kind = match subject.kind {
            CreditSubjectKind::Conversation => "conversation",
            CreditSubjectKind::Customer => "customer",
        };
        Self::new(kind, subject.id)
    }
}

/// Keeps credits for work that begins; settle it when the work has ended.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/credits/reservations", operation_id = "credit_reservation_create",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = CreditReservationCreate,
    responses((status = 201, description = "The reservation", body = CreditReservationView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CreditConsume>,
    Body(new): Body<CreditReservationCreate>,
) -> Result<(StatusCode, Json<CreditReservationView>), Failure> {
    let CreditReservationCreate { amount, cause, subject, ttl_seconds } = new;
    let mut tx = grant.begin().await?;
    let claim = Claim {
        amount,
        member: tx.viewer().member,
        cause: cause.as_str(),
        subject: subject.map(Subject::from),
        time: ttl_seconds.unwrap_or_default(),
        key: None,
    };
    let outcome = billing::ledger::reserve(&mut tx, claim).await.map(CreditReservationView::from);
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditReservationCommit {
    /// How much was spent; all that was reserved where it is left out.
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1, maximum = 1_000_000_000)]
    amount: Option<Credits>,
}

/// Spends what one reserved, or less, and gives the rest back. Doing it again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/credits/reservations/{reservation_id}/commit",
    operation_id = "credit_reservation_commit", tag = "billing", params(ReservationPath),
    request_body = CreditReservationCommit,
    responses((status = 200, description = "The reservation", body = CreditReservationView))
)]
pub(crate) async fn commit(
    Allowed(grant): Allowed<CreditConsume>,
    PathOf(path): PathOf<ReservationPath>,
    Body(commit): Body<CreditReservationCommit>,
) -> Result<Json<CreditReservationView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = billing::ledger::commit(&mut tx, path.reservation_id, commit.amount).await;
    Ok(Json(tx.settle(outcome.map(CreditReservationView::from)).await?))
}

/// Gives back what one reserved.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/credits/reservations/{reservation_id}",
    operation_id = "credit_reservation_delete", tag = "billing", params(ReservationPath),
    responses((status = 204, description = "The credits are free again"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<CreditConsume>,
    PathOf(path): PathOf<ReservationPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = billing::ledger::release(&mut tx, path.reservation_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
