//! What a member may do, changed: another role, another seat, other permission sets. It holds from their next request
//! on, in open pages too (INV-12).

use std::collections::BTreeSet;

use kernel::{MemberId, PermissionSetId};
use serde_json::json;
use tenancy::{
    Access, Error, Event, Grants, HeldSet, MemberChangeRole, MemberStanding, Pack, Permission, Reach, Role, SeatType,
    Session, Standing, Subject, Tx, Work, args, sql,
};

use crate::{
    ExitParty, Member, Refusal,
    ceiling::without_limits,
    invitation::inviting_permission,
    member::{hold, living, member},
    rank::{Authority, Bar, manages_roles},
    rights_change::first_gain_beyond,
    seat,
};

/// More sets than this nobody needs beside a role.
pub const MOST_SETS: usize = 50;

/// Gives a member another role, and with it, if wanted, another seat. Conversations that they may be given no longer
/// go back to their queues; permission sets that the new seat cannot hold are taken off.
///
/// # Errors
/// No such member, one out of the actor's reach, no such role, more than the actor could hand out (INV-13), or no seat of
/// that type is left (INV-15).
pub async fn change_role(
    tx: &mut Tx<MemberChangeRole>,
    party: &dyn ExitParty,
    id: MemberId,
    role_key: &str,
    seat_type: Option<SeatType>,
) -> Result<Member, Refusal> {
    const RIGHT: Permission = Permission::MemberChangeRole;
    let authority = Authority::take(tx).await?;
    let before = living(tx, id).await?;
    authority.must_reach(RIGHT, &before)?;
    let roles = tx.roles().await?;
    let seat_type = seat_type.unwrap_or(before.seat_type);
    if (role_key, seat_type) == (before.role.key.as_str(), before.seat_type) {
        return Ok(before);
    }
    let role = authority.ceiling().must_cover(&roles, role_key, seat_type, RIGHT)?;
    if seat_type != before.seat_type {
        authority.must_hold(inviting_permission(seat_type))?;
    }
    let standing = tx.standing_of(id).await?;
    let after = Standing { role, seat_type, ..standing.facts() };
    // Sets that did not count beside the role before may count beside this one.
    if first_gain_beyond(authority.ceiling(), standing.facts(), after.clone()).is_some() {
        return Err(Refusal::AboveCeiling(RIGHT));
    }
    leaves_a_manager(&authority, id, after.clone())?;
    if before.status.is_active() {
        seat::exchange(tx, before.seat_type, seat_type).await?;
    }
    let write = sql!("update memberships set role_key = $3, seat_type = $4 where workspace_id = $1 and id = $2");
    tx.run(write, args![id, &role.key, seat_type.name()]).await?;
    let event = Event::new("member.role_changed", Subject::new("member", id)).payload(json!({
        "from": before.role.key, "to": role.key, "seat_from": before.seat_type.name(), "seat_to": seat_type.name()
    }));
    tx.record(event);
    if !holds_sets(roles.pack(), role, seat_type) {
        let off = sql!("delete from membership_permission_sets where workspace_id = $1 and membership_id = $2");
        tx.run(off, args![id]).await?;
    }
    follow(tx, party, &standing, after).await?;
    member(tx, id).await
}

/// Gives a member exactly these permission sets beside its role.
///
/// # Errors
/// No such member, one out of the actor's reach or whose seat and role hold none, no such set, or one that gives more
/// than the actor holds (INV-13).
pub async fn set_permission_sets(
    tx: &mut Tx<MemberChangeRole>,
    party: &dyn ExitParty,
    id: MemberId,
    wanted: &BTreeSet<PermissionSetId>,
) -> Result<Member, Refusal> {
    let authority = Authority::take(tx).await?;
    let before = living(tx, id).await?;
    authority.must_reach(Permission::MemberChangeRole, &before)?;
    let standing = tx.standing_of(id).await?;
    let had: BTreeSet<PermissionSetId> = standing.sets().iter().map(|set| set.id.into()).collect();
    if *wanted == had {
        return Ok(before);
    }
    if !wanted.is_empty() && !holds_sets(standing.pack(), standing.role(), before.seat_type) {
        return Err(Refusal::NoSetsHere);
    }
    let sets = find_sets(tx, wanted).await?;
    let added = sets.iter().filter(|set| !had.contains(&PermissionSetId(set.id)));
    for set in added {
        if !authority.ceiling().covers_grants(&set.grants, before.seat_type) {
            return Err(Refusal::AboveCeiling(Permission::MemberChangeRole));
        }
    }
    let after = Standing { sets: &sets, ..standing.facts() };
    leaves_a_manager(&authority, id, after.clone())?;
    let (take, give) = (
        sql!("delete from membership_permission_sets where workspace_id = $1 and membership_id = $2 and set_id = $3"),
        sql!("insert into membership_permission_sets (workspace_id, membership_id, set_id) values ($1, $2, $3)"),
    );
    let (removed, added): (Vec<_>, Vec<_>) = (had.difference(wanted).collect(), wanted.difference(&had).collect());
    for set in &removed {
        tx.run(take, args![id, **set]).await?;
    }
    for set in &added {
        tx.run(give, args![id, **set]).await?;
    }
    let event = Event::new("member.permission_sets_changed", Subject::new("member", id));
    tx.record(event.payload(json!({ "added": added, "removed": removed })));
    follow(tx, party, &standing, after).await?;
    member(tx, id).await
}

/// Whether permission sets count beside this role on this seat.
fn holds_sets(pack: &Pack, role: &Role, seat: SeatType) -> bool {
    Access::of(&Standing::plain(pack, role, seat)).reach(Permission::SeatExtraPermissionSets) != Reach::None
}

async fn find_sets(session: &mut Session, wanted: &BTreeSet<PermissionSetId>) -> Result<Vec<HeldSet>, Refusal> {
    let sql = sql!("select id, label, grants from permission_sets where workspace_id = $1 and id = $2");
    let mut sets = Vec::with_capacity(wanted.len());
    for set in wanted {
        let mut row = session.first(sql, args![*set]).await?.ok_or(Refusal::UnknownSet(*set))?;
        let grants = Grants::from_json(&row.take::<String>(2)?)?;
        sets.push(HeldSet { id: row.take(0)?, label: row.take(1)?, grants });
    }
    Ok(sets)
}

/// The last one who manages roles keeps managing them (INV-13).
fn leaves_a_manager(authority: &Authority, id: MemberId, after: Standing<'_>) -> Result<(), Refusal> {
    if authority.is_sole_manager(id) && !manages_roles(&without_limits(after)) {
        return Err(Refusal::Barred { bar: Bar::LastManager, permission: Permission::MemberChangeRole });
    }
    Ok(())
}

/// What follows when somebody's rights have changed: who can be given conversations no longer has none, and their
/// sessions get new tokens.
pub(crate) async fn follow(
    work: &mut Work,
    party: &dyn ExitParty,
    before: &MemberStanding,
    after: Standing<'_>,
) -> Result<(), Error> {
    let eligible = |access: Access| access.reach(Permission::ConversationBeAssigned) != Reach::None;
    let member = before.member.id;
    if eligible(without_limits(before.facts())) && !eligible(without_limits(after)) {
        // Whoever is given a conversation right now has it before it is released, or is refused it.
        hold(work, member).await?;
        party.release(work, member).await?;
    }
    let rotate = sql!(
        "update sessions set rotation_due = 1
         where ended_at is null and account_id = (
            select account_id from memberships where workspace_id = $1 and id = $2)"
    );
    work.mark(rotate, args![member]).await.map(drop)
}
