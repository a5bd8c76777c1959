//! Switching a workspace to another policy pack: its roles and rules as one set, with what everybody gains and loses
//! told before (OWN-14). The workspace's own roles and sets stay.

mod former;
mod plan;
mod role_map;

use std::sync::Arc;

use kernel::MemberId;
use serde_json::json;
use tenancy::{Error, Event, Pack, RoleManage, Session, Subject, Tx, Vault, Work, args, sql};

pub use plan::{MemberMove, PackSwitch, PackWish, PolicyChange, RankMove};

use self::plan::Plan;
use crate::{ExitParty, Refusal, rank::Authority, role};

/// A pack that comes with the program or that the operator loaded; its newest version unless one is named.
///
/// # Errors
/// [`Refusal::UnknownPack`].
pub async fn known_pack(vault: &Vault, id: &str, version: Option<i64>) -> Result<Arc<Pack>, Refusal> {
    let known = vault.packs().await?.into_iter().map(|known| known.pack).filter(|pack| pack.id == id);
    let found = known.filter(|pack| version.is_none_or(|version| pack.version == version));
    found.max_by_key(|pack| pack.version).ok_or_else(|| Refusal::UnknownPack(id.to_owned()))
}

/// The pack that the workspace stands on.
///
/// # Errors
/// The database cannot answer.
pub async fn workspace_pack(session: &mut Session) -> Result<Arc<Pack>, Refusal> {
    Ok(session.roles().await?.pack().clone())
}

/// What a switch would do.
///
/// # Errors
/// A role that cannot become what is wanted, or an own role that is called like one of the pack.
pub async fn preview_switch(session: &mut Session, wish: &PackWish) -> Result<PackSwitch, Refusal> {
    Ok(Plan::of(session, wish).await?.switch)
}

/// Switches to another pack, for everybody at once: members and open invitations get the roles that were proposed or
/// chosen, who owns gets the new pack's owner role (INV-02).
///
/// # Errors
/// As for the preview; or the switch would give its actor more, or somebody else more than the actor holds (INV-13).
pub async fn switch_pack(
    tx: &mut Tx<RoleManage>,
    party: &dyn ExitParty,
    wish: &PackWish,
) -> Result<Arc<Pack>, Refusal> {
    let authority = Authority::take(tx).await?;
    let plan = Plan::of(tx, wish).await?;
    let (old, new) = (&plan.old, &plan.switch.pack);
    if (&old.id, old.version) == (&new.id, new.version) {
        return Ok(new.clone());
    }
    plan.must_raise_nobody(&authority)?;
    plan.team.must_keep_a_manager(|standing| plan.after(standing))?;
    let stand_on = sql!("update workspaces set pack = $2, pack_version = $3 where workspace_id = $1");
    tx.run(stand_on, args![&new.id, new.version]).await?;
    let invitations = move_invitations(tx, &plan).await?;
    let event = Event::new("policy_pack.switched", Subject::new("workspace", tx.workspace())).payload(json!({
        "from": { "pack": old.id, "version": old.version },
        "to": { "pack": new.id, "version": new.version },
        "role_map": plan.switch.role_map,
        "members": plan.switch.members.len(),
        "invitations": invitations,
    }));
    tx.record(event);
    move_members(tx, &plan).await?;
    lower_own_roles(tx, &plan).await?;
    plan.team.follow(tx, party, |standing| plan.after(standing)).await?;
    Ok(new.clone())
}

/// Gives every member its new role; who has left keeps a role that exists.
async fn move_members(work: &mut Work, plan: &Plan) -> Result<(), Error> {
    let give = sql!("update memberships set role_key = $3 where workspace_id = $1 and id = $2");
    for moved in &plan.switch.members {
        let (from, to) = (&moved.from.key, &moved.to.key);
        // An own role is there in every pack; within a pack nothing has to be found again.
        if plan.old.role(from).is_some() && plan.old.id != plan.switch.pack.id {
            former::remember(work, moved.member, &plan.old.id, from, to).await?;
        }
        if from != to {
            work.run(give, args![moved.member, to]).await?;
            let event = Event::new("member.role_changed", Subject::new("member", moved.member));
            work.record(event.payload(json!({ "from": from, "to": to })));
        }
    }
    let ended = sql!(
        "select id, role_key from memberships
         where workspace_id = $1 and status not in ('active', 'deactivated', 'suspended_over_limit')"
    );
    for mut row in work.all(ended, &[]).await? {
        let (member, from): (MemberId, String) = (row.take(0)?, row.take(1)?);
        if let Some(to) = plan.switch.role_map.get(&from).filter(|to| **to != from) {
            work.run(give, args![member, to]).await?;
        }
    }
    Ok(())
}

/// Moves open invitations along; says how many have another role now.
async fn move_invitations(work: &mut Work, plan: &Plan) -> Result<usize, Error> {
    let give = sql!("update invitations set role_key = $3 where workspace_id = $1 and id = $2");
    let others = || plan.invitations.iter().filter(|invitation| invitation.from.key != invitation.to.key);
    for invitation in others() {
        work.run(give, args![invitation.id, &invitation.to.key]).await?;
    }
    Ok(others().count())
}

async fn lower_own_roles(work: &mut Work, plan: &Plan) -> Result<(), Error> {
    for own in &plan.lowered {
        role::write(work, own).await?;
        let event = Event::new("role.updated", role::subject(&own.key)?);
        work.record(event.payload(json!({ "fields": ["rank"], "permissions": [], "rank": own.rank })));
    }
    Ok(())
}
