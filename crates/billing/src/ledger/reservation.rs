//! Credits kept for work under way: reserved before it begins, then spent or given back, never both (T-J6). What nobody
//! settles is given back when its time is over.
//!
//! A reservation moves no credits, so it leaves no event; the entry of what was spent does.

use kernel::{MemberId, ReservationId, Timestamp};
use serde_json::json;
use tenancy::{Composed, Error, Event, Part, Row, Session, Subject, Value, Work, args, part, sql, words};
use uuid::Uuid;

use super::{
    LedgerRefusal,
    account::{self, Account, Credits, EntryKind},
    claim::{Claim, ReservationTime},
    consumption,
    entry::{Note, pool_of, post, tell_when_low},
};
use crate::month::terms;

words! {
    ReservationState {
        Open = "open",
        Committed = "committed",
        /// Given back, by who reserved or because its time was over.
        Released = "released",
    }
}

#[derive(Debug, Clone)]
pub struct Reservation {
    pub id: ReservationId,
    pub amount: i64,
    /// How many of them were spent; nothing else than 0 unless it is committed.
    pub spent: i64,
    pub member: Option<MemberId>,
    pub cause: String,
    pub subject: Option<Subject>,
    pub state: ReservationState,
    pub expires_at: Timestamp,
    /// In which month they count as the member's.
    month_start: Timestamp,
}

/// What a kind of work costs in credits, where the workspace's catalogue asks something for it.
///
/// # Errors
/// The catalogue is not known any more, or the database cannot answer.
pub async fn cost(session: &mut Session, cause: &str) -> Result<Option<Credits>, Error> {
    let cost = terms(session).await?.catalogue.credit_costs.get(cause).copied();
    Ok(cost.and_then(|cost| Credits::try_from(cost).ok()))
}

/// Keeps credits for work that begins.
///
/// # Errors
/// There are not as many, or the member may not spend as many this month.
pub async fn reserve(work: &mut Work, claim: Claim<'_>) -> Result<Reservation, LedgerRefusal> {
    let mut account = account::hold(work).await?;
    let earlier = match claim.key {
        Some(key) => with_key(work, key).await?,
        None => None,
    };
    match earlier {
        Some(committed) if committed.state == ReservationState::Committed => return Ok(committed),
        Some(open) if open.state == ReservationState::Open => return keep_on(work, open, claim.time).await,
        _ => {}
    }
    let amount = claim.amount.get();
    account.reserve(amount)?;
    consumption::reserve(work, claim.member, account.month_start, amount, account.unlimited).await?;
    account::save(work, &account).await?;
    insert(work, &account, claim).await
}

async fn insert(work: &mut Work, account: &Account, claim: Claim<'_>) -> Result<Reservation, LedgerRefusal> {
    let text = sql!(
        "insert into credit_reservations (workspace_id, id, key, amount, member_id, cause, subject_kind, subject_id,
            state, created_at, expires_at, month_start)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)
         on conflict (workspace_id, key) do update set id = excluded.id, amount = excluded.amount, state = 'open',
            created_at = excluded.created_at, expires_at = excluded.expires_at, month_start = excluded.month_start,
            settled_at = null"
    );
    let (id, now): (ReservationId, _) = (work.ids().next(), work.now());
    let Claim { amount, member, cause, subject, time, key } = claim;
    let (amount, expires_at) = (amount.get(), now.plus(time.into()));
    let key = key.map_or_else(|| id.to_string(), str::to_owned);
    let (subject_kind, subject_id) = (subject.as_ref().map(|it| &*it.kind), subject.as_ref().map(|it| it.id));
    let (month_start, state) = (account.month_start, ReservationState::Open);
    let values = args![id, key, amount, member, cause, subject_kind, subject_id, now, expires_at, month_start];
    work.mark_unasked(text, values).await?;
    Ok(Reservation { id, amount, spent: 0, member, cause: cause.to_owned(), subject, state, expires_at, month_start })
}

/// Work that begins again has its time again.
async fn keep_on(work: &mut Work, mut open: Reservation, time: ReservationTime) -> Result<Reservation, LedgerRefusal> {
    let text = sql!("update credit_reservations set expires_at = $3 where workspace_id = $1 and id = $2");
    open.expires_at = work.now().plus(time.into());
    work.mark_unasked(text, args![open.id, open.expires_at]).await?;
    Ok(open)
}

/// Spends what a member reserved, or less, and gives the rest back. Doing it again changes nothing.
///
/// # Errors
/// It is not theirs, was given back, or holds less.
pub async fn commit(work: &mut Work, id: ReservationId, amount: Option<Credits>) -> Result<Reservation, LedgerRefusal> {
    let mut account = account::hold(work).await?;
    let reservation = own(work, id).await?;
    let amount = amount.map_or(reservation.amount, Credits::get);
    match reservation.state {
        ReservationState::Open => spend(work, &mut account, reservation, amount).await,
        ReservationState::Committed if reservation.spent == amount => Ok(reservation),
        state => Err(LedgerRefusal::Settled { state }),
    }
}

/// Spends what is kept under a key. What was given back meanwhile is spent all the same if there is still as much.
/// Without anything ever kept under it, nothing is spent.
///
/// # Errors
/// It was given back and there are not as many any more.
pub async fn commit_key(work: &mut Work, key: &str) -> Result<(), LedgerRefusal> {
    let mut account = account::hold(work).await?;
    let Some(reservation) = with_key(work, key).await? else { return Ok(()) };
    let amount = reservation.amount;
    match reservation.state {
        ReservationState::Committed => return Ok(()),
        ReservationState::Open => {}
        ReservationState::Released => {
            account.reserve(amount)?;
            consumption::reserve(work, reservation.member, reservation.month_start, amount, true).await?;
        }
    }
    spend(work, &mut account, reservation, amount).await.map(drop)
}

async fn spend(
    work: &mut Work,
    account: &mut Account,
    reservation: Reservation,
    amount: i64,
) -> Result<Reservation, LedgerRefusal> {
    if amount > reservation.amount {
        return Err(LedgerRefusal::ExceedsReservation);
    }
    account.release(reservation.amount);
    let Reservation { id, member, month_start, .. } = reservation;
    let mut counted = 0;
    if account.unlimited {
        let payload = json!({ "amount": -amount, "cause": reservation.cause, "member_id": member });
        work.record(Event::new("credit.consumed", pool_of(work)).payload(payload));
    } else {
        let (cause, subject) = (reservation.cause.as_str(), reservation.subject.clone());
        let note = Note { member, cause, subject, key: format!("reservation/{id}") };
        post(work, account, EntryKind::Consume, -amount, note).await?;
        tell_when_low(work, account);
        counted = amount;
    }
    account::save(work, account).await?;
    consumption::settle(work, member, month_start, reservation.amount, counted).await?;
    settle(work, id, ReservationState::Committed, amount).await?;
    Ok(Reservation { state: ReservationState::Committed, spent: amount, ..reservation })
}

/// Gives back what a member reserved. Doing it again changes nothing.
///
/// # Errors
/// It is not theirs, or was spent.
pub async fn release(work: &mut Work, id: ReservationId) -> Result<(), LedgerRefusal> {
    let mut account = account::hold(work).await?;
    let reservation = own(work, id).await?;
    match reservation.state {
        ReservationState::Open => give_back(work, &mut account, vec![reservation]).await.map_err(Into::into),
        ReservationState::Released => Ok(()),
        state @ ReservationState::Committed => Err(LedgerRefusal::Settled { state }),
    }
}

/// Gives back what is kept for nobody in particular's work of a kind on a subject.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn release_work(work: &mut Work, cause: &str, subject: impl Into<Uuid>) -> Result<(), Error> {
    let open = part!("and subject_id = ? and cause = ? and member_id is null and state = 'open'");
    let values = args![subject.into(), cause];
    // Most subjects have none, and then the pool is left alone.
    if find(work, open, values).await?.is_empty() {
        return Ok(());
    }
    let mut account = account::hold(work).await?;
    let reservations = find(work, open, values).await?;
    give_back(work, &mut account, reservations).await
}

/// Gives back what was kept for too long.
pub(super) async fn release_expired(work: &mut Work) -> Result<(), Error> {
    let mut account = account::hold(work).await?;
    let now = work.now();
    let expired = find(work, part!("and state = 'open' and expires_at <= ?"), args![now]).await?;
    give_back(work, &mut account, expired).await
}

/// Gives back the newest reservations until the pool, which has just become smaller, covers the others (INV-31).
pub(super) async fn release_uncovered(work: &mut Work, account: &mut Account) -> Result<(), Error> {
    if account.overdrawn() == 0 {
        return Ok(());
    }
    let newest_first = part!("and state = 'open' order by created_at desc, id desc");
    let (mut missing, mut uncovered) = (account.overdrawn(), Vec::new());
    for reservation in find(work, newest_first, &[]).await? {
        if missing <= 0 {
            break;
        }
        missing -= reservation.amount;
        uncovered.push(reservation);
    }
    give_back(work, account, uncovered).await
}

async fn give_back(work: &mut Work, account: &mut Account, reservations: Vec<Reservation>) -> Result<(), Error> {
    if reservations.is_empty() {
        return Ok(());
    }
    for Reservation { id, member, month_start, amount, .. } in reservations {
        account.release(amount);
        consumption::settle(work, member, month_start, amount, 0).await?;
        settle(work, id, ReservationState::Released, 0).await?;
    }
    account::save(work, account).await
}

async fn settle(work: &mut Work, id: ReservationId, state: ReservationState, spent: i64) -> Result<(), Error> {
    let text = sql!(
        "update credit_reservations set state = $3, spent = $4, settled_at = $5 where workspace_id = $1 and id = $2"
    );
    let now = work.now();
    work.mark_unasked(text, args![id, state.name(), spent, now]).await
}

/// A reservation of the acting member; somebody else's is not found.
async fn own(work: &mut Work, id: ReservationId) -> Result<Reservation, Error> {
    let member = work.viewer().member.ok_or(Error::NotFound)?;
    let found = find(work, part!("and id = ? and member_id = ?"), args![id, member]).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

async fn with_key(work: &mut Work, key: &str) -> Result<Option<Reservation>, Error> {
    Ok(find(work, part!("and key = ?"), args![key]).await?.into_iter().next())
}

async fn find(work: &mut Work, which: Part, values: &[Value]) -> Result<Vec<Reservation>, Error> {
    let head = sql!(
        "select id, amount, spent, member_id, cause, subject_kind, subject_id, state, expires_at, month_start
         from credit_reservations where workspace_id = $1"
    );
    let rows = work.list(Composed::new(head, &[]).push(which, values)).await?;
    rows.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<Reservation, Error> {
    let subject: Option<String> = row.take(5)?;
    Ok(Reservation {
        id: row.take(0)?,
        amount: row.take(1)?,
        spent: row.take(2)?,
        member: row.take(3)?,
        cause: row.take(4)?,
        subject: match subject {
            Some(kind) => Some(Subject::new(kind, row.take::<Uuid>(6)?)),
            None => None,
        },
        state: ReservationState::read(&row.take::<String>(7)?)?,
        expires_at: row.take(8)?,
        month_start: row.take(9)?,
    })
}
