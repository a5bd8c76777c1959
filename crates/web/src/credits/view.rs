//! How credits are shown.

use billing::ledger::{Balance, Entry, EntryKind, LedgerMember, MemberUse, Reservation, ReservationState};
use kernel::{MemberId, ReservationId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Reach, Viewer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    conversations::view::MemberRef,
    view::{Can, list_of},
};

/// The pool of the workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditsView {
    pub balance: i64,
    /// What is neither spent nor reserved.
    pub available: i64,
    pub reserved: i64,
    /// Nothing is counted against the pool.
    pub unlimited: bool,
    pub grant: CreditGrantView,
    /// Left of what was bought, which never expires; below zero after a refund of what was spent.
    pub purchased: i64,
    /// The threshold that the balance is at or below; null above all of them.
    #[schema(required)]
    pub low: Option<i64>,
    /// When nothing is left at this month's pace; null where that is not before the next grant.
    #[schema(required)]
    pub forecast_at: Option<Timestamp>,
    /// This month by member, the most first; left out for who may not see the ledger, and one's own alone for who may
    /// see no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by_member: Option<Vec<MemberCreditsView>>,
    /// What nobody in particular consumed this month, as the AI; left out for who may not see the whole ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unattributed: Option<i64>,
    pub can: Can,
}

/// The plan's credits of this month.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditGrantView {
    pub amount: i64,
    pub left: i64,
    /// When what is left expires.
    #[schema(required)]
    pub period_end: Option<Timestamp>,
}

/// What a member consumed this month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberCreditsView {
    pub member: MemberRef,
    pub consumed: i64,
    /// How much they may consume in a month; null where nothing but the pool limits them.
    #[schema(required)]
    pub cap: Option<i64>,
}

/// An entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditEntryView {
    pub seq: i64,
    pub at: Timestamp,
    #[schema(inline)]
    pub kind: EntryKind,
    /// Below zero where it takes.
    pub amount: i64,
    /// The part of the amount that is the grant's; the rest is of what was bought.
    pub of_grant: i64,
    /// What the pool held after it; null for who may not see the balance.
    #[schema(required)]
    pub balance: Option<i64>,
    /// Who consumed; null where it was nobody in particular.
    #[schema(required)]
    pub member: Option<MemberRef>,
    pub actor: CreditActorView,
    /// Why: a word of the program, or of the one that consumed.
    pub cause: String,
    #[schema(required)]
    pub subject: Option<CreditSubjectView>,
}

list_of!(CreditEntryList, CreditEntryView);

/// Who posted an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditActorView {
    /// `member`, `agent`, `duty` …
    pub kind: String,
    #[schema(required)]
    pub id: Option<Uuid>,
}

/// What credits were consumed for.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditSubjectView {
    pub kind: String,
    pub id: Uuid,
}

/// Credits kept for work under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditReservationView {
    pub id: ReservationId,
    pub amount: i64,
    /// How many of them were spent in the end.
    pub spent: i64,
    #[schema(inline)]
    pub state: ReservationState,
    pub cause: String,
    pub expires_at: Timestamp,
}

const ABILITIES: [Permission; 4] = [
    Permission::CreditConsume,
    Permission::CreditViewLedger,
    Permission::BillingPurchaseAddons,
    Permission::BillingManage,
];

impl CreditsView {
    pub fn of(pool: Balance, viewer: &Viewer) -> Self {
        Self {
            balance: pool.balance,
            available: pool.available,
            reserved: pool.reserved,
            unlimited: pool.unlimited,
            grant: CreditGrantView { amount: pool.grant_size, left: pool.granted, period_end: pool.month_end },
            purchased: pool.purchased,
            low: pool.low,
            forecast_at: pool.forecast_at,
            by_member: pool.by_member.map(|months| months.into_iter().map(MemberCreditsView::from).collect()),
            unattributed: pool.unattributed,
            can: Can::new(ABILITIES.map(|permission| (permission, viewer.ability(permission, true)))),
        }
    }
}

impl From<MemberUse> for MemberCreditsView {
    fn from(month: MemberUse) -> Self {
        Self { member: member(month.member), consumed: month.consumed, cap: month.cap }
    }
}

impl CreditEntryView {
    /// The running balance tells of everybody's consumption.
    pub fn of(entry: Entry, viewer: &Viewer) -> Self {
        let sees_balance = viewer.reach(Permission::CreditViewBalance) != Reach::None;
        Self {
            seq: entry.seq,
            at: entry.at,
            kind: entry.kind,
            amount: entry.amount,
            of_grant: entry.of_grant,
            balance: sees_balance.then_some(entry.balance),
            member: entry.member.map(member),
            actor: CreditActorView { kind: entry.actor_kind, id: entry.actor_id },
            cause: entry.cause,
            subject: entry.subject.map(|it| CreditSubjectView { kind: it.kind.into_owned(), id: it.id }),
        }
    }
}

impl From<Reservation> for CreditReservationView {
    fn from(reservation: Reservation) -> Self {
        let Reservation { id, amount, spent, state, cause, expires_at, .. } = reservation;
        Self { id, amount, spent, state, cause, expires_at }
    }
}

fn member(LedgerMember { id, name, former }: LedgerMember) -> MemberRef {
    MemberRef { id, name, former }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CapPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) member_id: MemberId,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ReservationPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) reservation_id: ReservationId,
}
