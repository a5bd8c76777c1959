//! More members than the plan has seats: after a time the newest of them rest, and come back in the order of joining
//! when there is room (INV-17). Nobody is deleted or demoted, and never the owner (INV-04).

use kernel::{InvitationId, MemberId, Timestamp};
use tenancy::{Error, Event, Gauge, Grant, Housekeeping, Meter, SeatType, Session, Subject, Tx, args, sql};

use crate::{
    ExitParty, Refusal,
    member::{
        exit::{ExitWay, exit, let_in},
        living,
    },
    rank::sole_manager,
    seat,
};

/// Does what the clock brings about the seats of a workspace: invitations that ran out hold none; where there were too
/// many since `over_before`, seats are taken away; where there is room, they are given back.
///
/// # Errors
/// The database refuses or cannot answer; what was done stays done.
pub async fn settle_seats(
    grant: &Grant<Housekeeping>,
    party: &dyn ExitParty,
    over_before: Timestamp,
) -> Result<(), Refusal> {
    let mut tx = grant.begin().await?;
    let outcome = seat::let_lapsed_go(&mut tx).await;
    tx.settle(outcome).await?;
    for seat in [SeatType::Full, SeatType::Collaborator] {
        // Each in a transaction of its own, so that nobody waits for all of them.
        while take_one(grant, party, seat, over_before).await? {}
        while give_one(grant, seat).await? {}
    }
    Ok(())
}

fn is_over(gauge: &Gauge, over_before: Timestamp) -> bool {
    gauge.over_since.is_some_and(|since| since <= over_before)
}

/// Takes the newest seat of a type away, as long as there are too many. Who is only invited goes before who is here.
async fn take_one(
    grant: &Grant<Housekeeping>,
    party: &dyn ExitParty,
    seat: SeatType,
    over_before: Timestamp,
) -> Result<bool, Refusal> {
    if !is_over(&grant.read().await?.gauge(Meter::of(seat)).await?, over_before) {
        return Ok(false);
    }
    let mut tx = grant.begin().await?;
    let outcome = take_newest(&mut tx, party, seat, over_before).await;
    tx.settle(outcome).await
}

async fn take_newest(
    tx: &mut Tx<Housekeeping>,
    party: &dyn ExitParty,
    seat: SeatType,
    over_before: Timestamp,
) -> Result<bool, Refusal> {
    tx.rights_change().await?;
    if !is_over(&tx.gauge(Meter::of(seat)).await?, over_before) {
        return Ok(false);
    }
    if let Some(invitation) = newest_invitation(tx, seat).await? {
        seat::free(tx, invitation, seat).await?;
        let revoke = sql!("update invitations set status = 'revoked' where workspace_id = $1 and id = $2");
        tx.run(revoke, args![invitation]).await?;
        tx.record(Event::new("invitation.revoked", Subject::new("invitation", invitation)));
        return Ok(true);
    }
    let Some(member) = newest_member(tx, seat).await? else { return Ok(false) };
    exit(tx, party, member, ExitWay::SuspendedOverLimit).await?;
    Ok(true)
}

/// Gives a seat back to whoever joined first of those without.
async fn give_one(grant: &Grant<Housekeeping>, seat: SeatType) -> Result<bool, Refusal> {
    let mut session = grant.read().await?;
    let waits = first_suspended(&mut session, seat).await?.is_some();
    if !waits || !session.gauge(Meter::of(seat)).await?.has_room_for(1) {
        return Ok(false);
    }
    drop(session);
    let mut tx = grant.begin().await?;
    let outcome = give_first(&mut tx, seat).await;
    match tx.settle(outcome).await {
        // Somebody else was quicker.
        Err(Refusal::SeatLimit(_)) => Ok(false),
        outcome => outcome,
    }
}

async fn give_first(tx: &mut Tx<Housekeeping>, seat: SeatType) -> Result<bool, Refusal> {
    tx.rights_change().await?;
    let Some(id) = first_suspended(tx, seat).await? else { return Ok(false) };
    let resting = living(tx, id).await?;
    let_in(tx, &resting, "seat.restored").await?;
    Ok(true)
}

async fn newest_invitation(session: &mut Session, seat: SeatType) -> Result<Option<InvitationId>, Error> {
    let text = sql!(
        "select id from invitations where workspace_id = $1 and seat_type = $2 and holds_seat = 1
         order by sent_at desc, id desc limit 1"
    );
    session.first(text, args![seat.name()]).await?.map(|mut row| row.take(0)).transpose()
}

/// Neither the owner (INV-04) nor the only one who could manage roles (INV-13).
async fn newest_member(session: &mut Session, seat: SeatType) -> Result<Option<MemberId>, Refusal> {
    let kept = sole_manager(session).await?;
    let text = sql!(
        "select m.id from memberships m
         left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
         where m.workspace_id = $1 and m.seat_type = $2 and m.status = 'active' and o.membership_id is null
         order by m.joined_at desc, m.id desc limit 2"
    );
    let newest = session.all(text, args![seat.name()]).await?;
    let newest: Vec<MemberId> = newest.into_iter().map(|mut row| row.take(0)).collect::<Result<_, _>>()?;
    Ok(newest.into_iter().find(|member| Some(*member) != kept))
}

async fn first_suspended(session: &mut Session, seat: SeatType) -> Result<Option<MemberId>, Error> {
    let text = sql!(
        "select id from memberships where workspace_id = $1 and seat_type = $2 and status = 'suspended_over_limit'
         order by joined_at, id limit 1"
    );
    session.first(text, args![seat.name()]).await?.map(|mut row| row.take(0)).transpose()
}
