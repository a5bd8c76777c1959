//! Who a workspace belongs to: one member at every moment (INV-02). An offer that is accepted, one that the operator
//! approved and an invitation as owner all end in the same [`swap`] (C2).

use std::sync::Arc;

use kernel::MemberId;
use serde_json::json;
use tenancy::{
    Actor, Error, Event, Job, MemberStanding, OwnershipTransfer, Pack, Role, SeatType, Session, Standing, Subject,
    Work, args, sql,
};
use uuid::Uuid;

use crate::{ExitParty, Refusal, mail_job::OWNERSHIP_TRANSFERRED, member::follow, ownership_transfer::cancel_open_of};

/// Makes `to` the owner in place of `from`, in one transaction (INV-03): roles and the owner's row move, both are
/// told. Nothing else of the workspace changes. `by` is what led here.
///
/// # Errors
/// `from` owns it no longer, or `to` is no active member on a full seat.
pub(crate) async fn swap(
    work: &mut Work,
    party: &dyn ExitParty,
    from: MemberId,
    to: MemberId,
    by: &Subject,
) -> Result<(), Refusal> {
    let moved = sql!("update workspace_owners set membership_id = $3 where workspace_id = $1 and membership_id = $2");
    let (old, new) = (work.standing_of(from).await?, must_be_eligible(work, to).await?);
    if work.run(moved, args![from, to]).await? == 0 {
        return Err(Refusal::OwnerChanged);
    }
    let pack = old.pack().clone();
    let rank = pack.role(&pack.owner_role).ok_or_else(|| Error::Corrupt(format!("{} has no owner's role", pack.id)))?;
    let left = role_after_ownership(&pack, rank);
    // Whoever owns a workspace stays: a day on which the membership was to end is none any more.
    let rise = sql!("update memberships set role_key = $3, ends_at = null where workspace_id = $1 and id = $2");
    work.run(rise, args![to, &rank.key]).await?;
    let step_down = sql!("update memberships set role_key = $3 where workspace_id = $1 and id = $2");
    work.run(step_down, args![from, &left.key]).await?;
    let event = Event::new("ownership.transferred", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({ "from": from, "to": to, "former_owners_role": left.key, "by": by })));
    // Whatever else the former owner offered is theirs no longer.
    cancel_open_of(work, from).await?;
    follow(work, party, &old, Standing { role: left, is_owner: false, ..old.facts() }).await?;
    follow(work, party, &new, Standing { role: rank, is_owner: true, ..new.facts() }).await?;
    for member in [from, to] {
        let key = work.ids().next::<Uuid>().to_string();
        let told = json!({ "member_id": member, "from": from, "to": to });
        work.enqueue(Job::new(OWNERSHIP_TRANSFERRED, key, told));
    }
    Ok(())
}

/// Whether a role is handed out together with ownership only: nobody but the owner holds it, or the pack lets
/// somebody be invited as owner by it.
pub(crate) fn comes_with_ownership(pack: &Pack, role: &Role) -> bool {
    role.key == pack.owner_role && (!role.assignable || invites_as_owner(pack))
}

/// Whether the pack lets its owner invite somebody as owner.
pub(crate) fn invites_as_owner(pack: &Pack) -> bool {
    pack.policy.ownership_transfer.contains(&OwnershipTransfer::InviteAsOwner)
}

/// What a former owner is: the pack's next role, or still the same where several hold it.
fn role_after_ownership<'a>(pack: &'a Pack, owner: &'a Arc<Role>) -> &'a Arc<Role> {
    if !comes_with_ownership(pack, owner) {
        return owner;
    }
    let others = pack.roles.iter().filter(|role| role.key != owner.key && role.seat_type == SeatType::Full);
    others.max_by_key(|role| role.rank).unwrap_or(owner)
}

/// The owner, if that is who acts, as it stands inside this session.
pub(crate) async fn must_own(session: &mut Session) -> Result<MemberId, Refusal> {
    let me = acting_member(session)?;
    let standing = session.standing_of(me).await?;
    if standing.is_active() && standing.member.is_owner { Ok(me) } else { Err(Refusal::NotTheOwner) }
}

/// The member who acts.
pub(crate) fn acting_member(session: &Session) -> Result<MemberId, Refusal> {
    match session.actor() {
        Actor::Member(member) => Ok(member.id),
        _ => Err(Error::NotFound.into()),
    }
}

/// How a member stands who could own the workspace: active, on a full seat.
pub(crate) async fn must_be_eligible(session: &mut Session, member: MemberId) -> Result<MemberStanding, Refusal> {
    let standing = session.standing_of(member).await?;
    let can_own = standing.is_active() && standing.member.seat_type == SeatType::Full;
    if can_own { Ok(standing) } else { Err(Refusal::ReceiverNotEligible) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_03_a_former_owner_holds_the_packs_next_role() {
        for (text, role) in [
            (include_str!("../../../packs/default.toml"), "admin"),
            (include_str!("../../../packs/kustomer.toml"), "administrator"),
            (include_str!("../../../packs/linkai.toml"), "admin"),
            (include_str!("../../../packs/interlinked.toml"), "collaborator"),
            (include_str!("../../../packs/aisoule.toml"), "admin"),
        ] {
            let pack = Pack::parse(text).expect("a shipped pack");
            let owner = pack.role(&pack.owner_role).expect("the owner's role");
            assert_eq!(role_after_ownership(&pack, owner).key, role, "{}", pack.id);
        }
    }
}
