//! Seats: what a membership, or an invitation to one, holds of what the workspace's plan has. Whatever takes one or
//! gives one back does it in its own transaction, so that the meter shows what is there at every moment (INV-14, INV-15).
//!
//! A meter is held before an invitation is: so neither waits for the other for good.

use kernel::InvitationId;
use tenancy::{Meter, SeatType, Work, args, sql};

use crate::Refusal;

/// Takes a seat.
///
/// # Errors
/// [`Refusal::SeatLimit`] when the plan has no further one.
pub(crate) async fn take(work: &mut Work, seat: SeatType) -> Result<(), Refusal> {
    let_lapsed_go(work).await?;
    take_free(work, seat).await
}

/// Gives back the seat of a membership that ends or rests.
pub(crate) async fn give_back(work: &mut Work, seat: SeatType) -> Result<(), Refusal> {
    Ok(work.give_back(Meter::of(seat), 1).await?)
}

/// Takes another seat in place of the one that a membership has.
///
/// # Errors
/// [`Refusal::SeatLimit`] when the plan has no further one of that type.
pub(crate) async fn exchange(work: &mut Work, from: SeatType, to: SeatType) -> Result<(), Refusal> {
    if from == to {
        return Ok(());
    }
    let_lapsed_go(work).await?;
    hold(work).await?;
    take_free(work, to).await?;
    give_back(work, from).await
}

/// Has an invitation hold a seat, if it holds none.
///
/// # Errors
/// [`Refusal::SeatLimit`] when the plan has no further one.
pub(crate) async fn take_for(work: &mut Work, invitation: InvitationId, seat: SeatType) -> Result<(), Refusal> {
    let_lapsed_go(work).await?;
    work.hold_meter(Meter::of(seat)).await?;
    let text = sql!("update invitations set holds_seat = 1 where workspace_id = $1 and id = $2 and holds_seat = 0");
    match work.mark(text, args![invitation]).await? {
        0 => Ok(()),
        _ => take_free(work, seat).await,
    }
}

/// Takes the seat off an invitation that ends, if it holds one. Another may be taken in the same transaction.
pub(crate) async fn free(work: &mut Work, invitation: InvitationId, seat: SeatType) -> Result<(), Refusal> {
    hold(work).await?;
    if let_go(work, invitation).await? {
        give_back(work, seat).await?;
    }
    Ok(())
}

/// The seat of an accepted invitation becomes its membership's. While more is held than the plan has nobody comes in
/// (INV-11, INV-17).
///
/// # Errors
/// [`Refusal::SeatLimit`].
pub(crate) async fn pass_on(work: &mut Work, invitation: InvitationId, seat: SeatType) -> Result<(), Refusal> {
    let meter = Meter::of(seat);
    work.hold_meter(meter).await?;
    if !let_go(work, invitation).await? {
        return take_free(work, seat).await;
    }
    let gauge = work.gauge(meter).await?;
    if gauge.has_room_for(0) { Ok(()) } else { Err(Refusal::SeatLimit(gauge)) }
}

/// Invitations whose time is over hold no seat any more; whoever needs one, and every minute, lets them go.
pub(crate) async fn let_lapsed_go(work: &mut Work) -> Result<(), Refusal> {
    let lapsed =
        sql!("select 1 from invitations where workspace_id = $1 and holds_seat = 1 and expires_at <= $2 limit 1");
    let now = work.now();
    if work.first(lapsed, args![now]).await?.is_none() {
        return Ok(());
    }
    hold(work).await?;
    for seat in [SeatType::Full, SeatType::Collaborator] {
        let go = sql!(
            "update invitations set holds_seat = 0
             where workspace_id = $1 and seat_type = $2 and holds_seat = 1 and expires_at <= $3"
        );
        let freed = work.mark(go, args![seat.name(), now]).await?;
        work.give_back(Meter::of(seat), i64::try_from(freed).unwrap_or(i64::MAX)).await?;
    }
    Ok(())
}

/// Holds the meters of both seat types, in the one order.
async fn hold(work: &mut Work) -> Result<(), Refusal> {
    work.hold_meter(Meter::FullSeats).await?;
    Ok(work.hold_meter(Meter::CollaboratorSeats).await?)
}

async fn take_free(work: &mut Work, seat: SeatType) -> Result<(), Refusal> {
    let meter = Meter::of(seat);
    if work.take(meter, 1).await? {
        return Ok(());
    }
    Err(Refusal::SeatLimit(work.gauge(meter).await?))
}

async fn let_go(work: &mut Work, invitation: InvitationId) -> Result<bool, Refusal> {
    let text = sql!("update invitations set holds_seat = 0 where workspace_id = $1 and id = $2 and holds_seat = 1");
    Ok(work.mark(text, args![invitation]).await? > 0)
}
