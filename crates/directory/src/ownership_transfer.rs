//! Offering a workspace to a member: a state machine in a row, which ends in the [`swap`] that every way of handing over
//! ends in.
//!
//! ```text
//! support_request ──► awaiting_operator ──► refused
//!                            │ approved
//! self_serve ───────► awaiting_acceptance ──► accepted
//! ```
//! While it is open a transfer can also be declined, cancelled, or expire.

use std::time::Duration;

use kernel::{Cursor, Limit, MemberId, OwnershipTransferId, Page, Timestamp, days};
use serde_json::json;
use tenancy::{
    Composed, Error, Event, Housekeeping, Job, MemberSelf, OwnershipTransfer, Pack, Row, Session, Subject, Tx, Work,
    WorkspaceTransferOwnership, args, part, sql,
};

use crate::{
    Directory, MemberStatus, Refusal,
    mail_job::OWNERSHIP_OFFERED,
    ownership::{acting_member, must_be_eligible, must_own, swap},
    workspace::workspace,
};

/// The job that ends a transfer nobody answered.
pub const EXPIRE_TRANSFER_JOB: &str = "ownership_transfer.expire";

/// How long an offer waits for its answer, and a request for the operator's.
const LIFETIME: Duration = days(7);

/// How a transfer begins; which ones there are says the pack's `policy.ownership_transfer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// The owner offers, the receiver accepts.
    SelfServe,
    /// The instance's operator approves before the receiver is asked.
    SupportRequest,
}

impl Mechanism {
    const ALL: [Self; 2] = [Self::SelfServe, Self::SupportRequest];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfServe => "self_serve",
            Self::SupportRequest => "support_request",
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|mechanism| mechanism.name() == name);
        known.ok_or_else(|| Error::Corrupt(format!("transfer mechanism {name:?}")))
    }

    /// The asked-for mechanism, or the simplest that the pack offers.
    fn of(pack: &Pack, asked: Option<Self>) -> Result<Self, Refusal> {
        let mut candidates = Self::ALL.into_iter().filter(|mechanism| asked.is_none_or(|asked| asked == *mechanism));
        candidates.find(|mechanism| mechanism.is_offered(pack)).ok_or(Refusal::MechanismNotOffered)
    }

    fn is_offered(self, pack: &Pack) -> bool {
        pack.policy.ownership_transfer.contains(&match self {
            Self::SelfServe => OwnershipTransfer::SelfServe,
            Self::SupportRequest => OwnershipTransfer::SupportRequest,
        })
    }

    const fn first_state(self) -> TransferState {
        match self {
            Self::SelfServe => TransferState::AwaitingAcceptance,
            Self::SupportRequest => TransferState::AwaitingOperator,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferState {
    AwaitingOperator,
    AwaitingAcceptance,
    Accepted,
    /// By the receiver.
    Declined,
    /// By the owner, or because one of the two is active no longer.
    Cancelled,
    /// By the operator.
    Refused,
    Expired,
}

/// What can happen to a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Approve,
    Refuse,
    Accept,
    Decline,
    Cancel,
    Expire,
}

impl TransferState {
    const ALL: [Self; 7] = [
        Self::AwaitingOperator,
        Self::AwaitingAcceptance,
        Self::Accepted,
        Self::Declined,
        Self::Cancelled,
        Self::Refused,
        Self::Expired,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::AwaitingOperator => "awaiting_operator",
            Self::AwaitingAcceptance => "awaiting_acceptance",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|state| state.name() == name);
        known.ok_or_else(|| Error::Corrupt(format!("transfer state {name:?}")))
    }

    pub const fn is_open(self) -> bool {
        matches!(self, Self::AwaitingOperator | Self::AwaitingAcceptance)
    }

    /// Where a step leads; `None` when it cannot be taken from here.
    const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::AwaitingOperator, Step::Approve) => Some(Self::AwaitingAcceptance),
            (Self::AwaitingOperator, Step::Refuse) => Some(Self::Refused),
            (Self::AwaitingAcceptance, Step::Accept) => Some(Self::Accepted),
            (Self::AwaitingOperator | Self::AwaitingAcceptance, Step::Decline) => Some(Self::Declined),
            (Self::AwaitingOperator | Self::AwaitingAcceptance, Step::Cancel) => Some(Self::Cancelled),
            (Self::AwaitingOperator | Self::AwaitingAcceptance, Step::Expire) => Some(Self::Expired),
            _ => None,
        }
    }
}

impl Step {
    const fn event(self) -> &'static str {
        match self {
            Self::Approve => "ownership_transfer.approved",
            Self::Refuse => "ownership_transfer.refused",
            Self::Accept => "ownership_transfer.accepted",
            Self::Decline => "ownership_transfer.declined",
            Self::Cancel => "ownership_transfer.cancelled",
            Self::Expire => "ownership_transfer.expired",
        }
    }
}

/// One of the two whom a transfer concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub id: MemberId,
    pub name: String,
    /// They are here no longer.
    pub former: bool,
}

/// An offer of the workspace, open or settled.
#[derive(Debug, Clone)]
pub struct Transfer {
    pub id: OwnershipTransferId,
    pub from: Party,
    pub to: Party,
    pub mechanism: Mechanism,
    pub state: TransferState,
    pub requested_at: Timestamp,
    /// When it dies unanswered.
    pub expires_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

/// What an owner asks for.
#[derive(Debug, Clone)]
pub struct TransferWish<'a> {
    pub to: MemberId,
    /// The workspace's name, typed to confirm.
    pub confirmation: &'a str,
    /// The simplest that is offered unless said otherwise.
    pub mechanism: Option<Mechanism>,
}

/// Transfers of the workspace, newest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn transfers(session: &mut Session, limit: Limit, cursor: Option<&str>) -> Result<Page<Transfer>, Refusal> {
    let list = format!("ownership-transfers/{}", session.workspace());
    let mut query = all();
    if let Some(cursor) = cursor {
        let (requested_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (t.requested_at, t.id) < (?, ?)"), args![requested_at, id]);
    }
    query.push(part!("order by t.requested_at desc, t.id desc limit ?"), args![limit.get() + 1]);
    let (rows, now) = (session.list(&query).await?, session.now());
    let transfers = rows.into_iter().map(|row| read(row, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(transfers, limit, |transfer| (transfer.requested_at.millis(), transfer.id.into()), &list))
}

/// One transfer, open or settled.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn transfer(session: &mut Session, id: OwnershipTransferId) -> Result<Transfer, Refusal> {
    let mut query = all();
    query.push(part!("and t.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row, session.now())?)
}

/// The owner offers the workspace to a member, or asks the operator to let them.
///
/// # Errors
/// Not the owner, the typed name is another, the pack does not offer this way, the member cannot own a workspace, or
/// another transfer is open.
pub async fn request_transfer(
    tx: &mut Tx<WorkspaceTransferOwnership>,
    wish: &TransferWish<'_>,
) -> Result<Transfer, Refusal> {
    // The lock that exits take as well: nobody leaves while being offered the workspace.
    tx.rights_change().await?;
    let from = must_own(tx).await?;
    let workspace = workspace(tx).await?;
    if workspace.name != wish.confirmation {
        return Err(Refusal::ConfirmationMismatch { field: "workspace_name" });
    }
    let mechanism = Mechanism::of(tx.roles().await?.pack(), wish.mechanism)?;
    if wish.to == from {
        return Err(Refusal::ReceiverNotEligible);
    }
    must_be_eligible(tx, wish.to).await?;
    expire_overdue(tx).await?;
    let (id, now): (OwnershipTransferId, _) = (tx.ids().next(), tx.now());
    let (state, expires_at) = (mechanism.first_state(), now.plus(LIFETIME));
    let insert = sql!(
        "insert into ownership_transfers (workspace_id, id, from_member, to_member, mechanism, state, requested_at,
            expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing"
    );
    let values = args![id, from, wish.to, mechanism.name(), state.name(), now, expires_at];
    if tx.run(insert, values).await? == 0 {
        return Err(Refusal::TransferPending);
    }
    let event = Event::new("ownership_transfer.requested", Subject::new("ownership_transfer", id));
    tx.record(event.payload(json!({ "from": from, "to": wish.to, "mechanism": mechanism.name() })));
    wait_for_answer(tx, id, state, expires_at);
    transfer(tx, id).await
}

/// The receiver takes the workspace over.
///
/// # Errors
/// It is offered to somebody else, is open no longer, or either of the two could not hand it over today.
pub async fn accept_transfer(
    tx: &mut Tx<MemberSelf>,
    directory: &Directory,
    id: OwnershipTransferId,
) -> Result<Transfer, Refusal> {
    tx.rights_change().await?;
    let offered = transfer(tx, id).await?;
    if acting_member(tx)? != offered.to.id {
        return Err(Refusal::NotTheReceiver);
    }
    settle(tx, &offered, Step::Accept).await?;
    let by = Subject::new("ownership_transfer", id);
    swap(tx, &*directory.on_exit, offered.from.id, offered.to.id, &by).await?;
    record(tx, &offered, Step::Accept);
    transfer(tx, id).await
}

/// The receiver declines, or the owner takes the offer back.
///
/// # Errors
/// The transfer concerns two others, or is open no longer.
pub async fn end_transfer(tx: &mut Tx<MemberSelf>, id: OwnershipTransferId) -> Result<(), Refusal> {
    let open = transfer(tx, id).await?;
    let step = match acting_member(tx)? {
        me if me == open.to.id => Step::Decline,
        me if me == open.from.id => Step::Cancel,
        _ => return Err(Refusal::NotTheReceiver),
    };
    settle(tx, &open, step).await?;
    record(tx, &open, step);
    Ok(())
}

/// The operator lets the owner offer the workspace; the receiver is asked now.
///
/// # Errors
/// No such transfer, or it does not wait for the operator.
pub async fn approve_transfer(tx: &mut Tx<Housekeeping>, id: OwnershipTransferId) -> Result<Transfer, Refusal> {
    let asked = transfer(tx, id).await?;
    let state = settle(tx, &asked, Step::Approve).await?;
    let expires_at = tx.now().plus(LIFETIME);
    let sql = sql!("update ownership_transfers set expires_at = $3 where workspace_id = $1 and id = $2");
    tx.run(sql, args![id, expires_at]).await?;
    record(tx, &asked, Step::Approve);
    wait_for_answer(tx, id, state, expires_at);
    transfer(tx, id).await
}

/// The operator refuses; nobody is asked.
///
/// # Errors
/// No such transfer, or it does not wait for the operator.
pub async fn refuse_transfer(tx: &mut Tx<Housekeeping>, id: OwnershipTransferId) -> Result<Transfer, Refusal> {
    let asked = transfer(tx, id).await?;
    settle(tx, &asked, Step::Refuse).await?;
    record(tx, &asked, Step::Refuse);
    transfer(tx, id).await
}

/// Ends a transfer that nobody answered in time; one that has more time by now stays open.
///
/// # Errors
/// The database cannot answer.
pub async fn expire_transfers(tx: &mut Tx<Housekeeping>) -> Result<(), Refusal> {
    expire_overdue(tx).await
}

/// Ends the open transfer of a member who stops being active; part of every exit (INV-03).
pub(crate) async fn cancel_open_of(work: &mut Work, member: MemberId) -> Result<(), Refusal> {
    let mut query = all();
    query.push(part!("and t.state in ('awaiting_operator', 'awaiting_acceptance')"), &[]);
    query.push(part!("and (t.from_member = ? or t.to_member = ?)"), args![member, member]);
    end_all(work, &query, Step::Cancel).await
}

/// Compare-and-set: of two answers to an open transfer one counts.
async fn settle(work: &mut Work, found: &Transfer, step: Step) -> Result<TransferState, Refusal> {
    let next = found.state.after(step).ok_or(Refusal::TransferSettled)?;
    let sql = sql!(
        "update ownership_transfers set state = $4, settled_at = $5
         where workspace_id = $1 and id = $2 and state = $3"
    );
    let settled_at = (!next.is_open()).then_some(work.now());
    match work.run(sql, args![found.id, found.state.name(), next.name(), settled_at]).await? {
        0 => Err(Refusal::TransferSettled),
        _ => Ok(next),
    }
}

fn record(work: &mut Work, settled: &Transfer, step: Step) {
    let event = Event::new(step.event(), Subject::new("ownership_transfer", settled.id));
    work.record(event.payload(json!({ "from": settled.from.id, "to": settled.to.id })));
}

/// Has the receiver asked, once it is their turn, and the transfer expire.
fn wait_for_answer(work: &mut Work, id: OwnershipTransferId, state: TransferState, expires_at: Timestamp) {
    let key = format!("{id}@{}", expires_at.millis());
    if state == TransferState::AwaitingAcceptance {
        work.enqueue(Job::new(OWNERSHIP_OFFERED, key.clone(), json!({ "transfer_id": id })));
    }
    work.enqueue(Job::new(EXPIRE_TRANSFER_JOB, key, json!({ "transfer_id": id })).at(expires_at));
}

async fn expire_overdue(work: &mut Work) -> Result<(), Refusal> {
    let now = work.now();
    let mut query = all();
    query.push(part!("and t.state in ('awaiting_operator', 'awaiting_acceptance') and t.expires_at <= ?"), args![now]);
    end_all(work, &query, Step::Expire).await
}

async fn end_all(work: &mut Work, query: &Composed, step: Step) -> Result<(), Refusal> {
    for row in work.list(query).await? {
        // As it is stored: whoever reads it later sees an overdue one as expired.
        let open = read_stored(row)?;
        settle(work, &open, step).await?;
        record(work, &open, step);
    }
    Ok(())
}

fn all() -> Composed {
    Composed::new(
        sql!(
            "select t.id, t.from_member, coalesce(f.display_name, fa.name), t.to_member,
                coalesce(r.display_name, ra.name), t.mechanism, t.state, t.requested_at, t.expires_at, t.settled_at,
                f.status, r.status
             from ownership_transfers t
             join memberships f on f.workspace_id = t.workspace_id and f.id = t.from_member
             join accounts fa on fa.id = f.account_id
             join memberships r on r.workspace_id = t.workspace_id and r.id = t.to_member
             join accounts ra on ra.id = r.account_id
             where t.workspace_id = $1"
        ),
        &[],
    )
}

/// A transfer as it stands now: one whose time is over has expired, whether or not that was written down yet.
fn read(row: Row, now: Timestamp) -> Result<Transfer, Error> {
    let mut transfer = read_stored(row)?;
    if transfer.state.is_open() && transfer.expires_at <= now {
        transfer.state = TransferState::Expired;
    }
    Ok(transfer)
}

fn read_stored(mut row: Row) -> Result<Transfer, Error> {
    Ok(Transfer {
        id: row.take(0)?,
        from: Party { id: row.take(1)?, name: row.take(2)?, former: is_former(&mut row, 10)? },
        to: Party { id: row.take(3)?, name: row.take(4)?, former: is_former(&mut row, 11)? },
        mechanism: Mechanism::read(&row.take::<String>(5)?)?,
        state: TransferState::read(&row.take::<String>(6)?)?,
        requested_at: row.take(7)?,
        expires_at: row.take(8)?,
        settled_at: row.take(9)?,
    })
}

fn is_former(row: &mut Row, status: usize) -> Result<bool, Error> {
    Ok(MemberStatus::read(&row.take::<String>(status)?)?.is_former())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_goes_from_state_to_state_and_ends_once() {
        use Step::{Accept, Approve, Cancel, Decline, Expire, Refuse};
        use TransferState::{AwaitingAcceptance, AwaitingOperator};
        let steps = [Approve, Refuse, Accept, Decline, Cancel, Expire];
        let open = |state: TransferState| steps.map(|step| state.after(step).map(TransferState::name));
        let ends = [Some("declined"), Some("cancelled"), Some("expired")];
        assert_eq!(open(AwaitingOperator)[..3], [Some("awaiting_acceptance"), Some("refused"), None]);
        assert_eq!(open(AwaitingAcceptance)[..3], [None, None, Some("accepted")]);
        assert_eq!((&open(AwaitingOperator)[3..], &open(AwaitingAcceptance)[3..]), (&ends[..], &ends[..]));
        for settled in TransferState::ALL.into_iter().filter(|state| !state.is_open()) {
            assert_eq!(open(settled), [None; 6], "{}", settled.name());
        }
    }
}
