//! Sending invitations: once, again, to many. The link's token exists only in the mail.

use std::sync::Arc;

use kernel::{EmailAddress, InvitationId, MemberId};
use serde_json::json;
use tenancy::{
    Error, Event, Job, MemberCreation, Role, SeatType, Session, Subject, Token, Tx, Work, WorkspaceTransferOwnership,
    args, sql,
};
use uuid::Uuid;

use crate::{
    Refusal,
    ceiling::GrantCeiling,
    invitation::{Invitation, Inviting, Lifetime, invitation, inviting_permission, of_seat, waiting_invitation},
    mail_job::INVITATION,
    ownership::{comes_with_ownership, invites_as_owner, must_own},
    seat,
};

/// What is offered to whoever is invited.
#[derive(Debug, Clone)]
pub struct Offer {
    pub role_key: String,
    pub lifetime: Lifetime,
}

/// Invites an address and has the link mailed.
///
/// # Errors
/// The role is unknown or reaches further than the inviter's (INV-13), the address is invited or a member already, or no
/// seat is left (INV-15).
pub async fn invite<P: Inviting>(tx: &mut Tx<P>, email: &EmailAddress, offer: &Offer) -> Result<Invitation, Refusal> {
    let inviter = within_ceiling(tx, &offer.role_key, P::SEAT).await?;
    write(tx, email, offer, P::SEAT, inviter).await
}

/// Invites many addresses alike. Each is invited or refused by itself, and tells so.
///
/// # Errors
/// Nobody can be invited so: the role is unknown or reaches further than the inviter's.
pub async fn invite_all<P: Inviting>(
    tx: &mut Tx<P>,
    emails: &[EmailAddress],
    offer: &Offer,
) -> Result<Vec<Result<Invitation, Refusal>>, Refusal> {
    let inviter = within_ceiling(tx, &offer.role_key, P::SEAT).await?;
    let mut invited = Vec::with_capacity(emails.len());
    for email in emails {
        match write(tx, email, offer, P::SEAT, inviter).await {
            Err(refusal @ Refusal::Vault(_)) => return Err(refusal),
            outcome => invited.push(outcome),
        }
    }
    Ok(invited)
}

/// Invites somebody who becomes the owner by accepting (C2).
///
/// # Errors
/// Not the owner, the pack offers no such invitation, the address is invited or a member already, or no seat is left.
pub async fn invite_as_owner(
    tx: &mut Tx<WorkspaceTransferOwnership>,
    email: &EmailAddress,
    lifetime: Lifetime,
) -> Result<Invitation, Refusal> {
    let (inviter, role_key) = as_owner(tx).await?;
    write(tx, email, &Offer { role_key, lifetime }, SeatType::Full, inviter).await
}

/// Whether inviting into this role is inviting an owner.
///
/// # Errors
/// The database cannot answer.
pub async fn makes_owner(session: &mut Session, role_key: &str) -> Result<bool, Refusal> {
    let roles = session.roles().await?;
    let pack = roles.pack();
    let comes_with = |role: &&Arc<Role>| comes_with_ownership(pack, role) && invites_as_owner(pack);
    Ok(roles.get(role_key).filter(comes_with).is_some())
}

/// Sends an invitation again, for another full lifetime. The earlier link is dead at once, and whoever sends it now
/// answers for it.
///
/// # Errors
/// No such invitation of this kind of seat waits, its role reaches further than the sender's, or it had run out and no
/// seat is left.
pub async fn resend_invitation<P: Inviting>(tx: &mut Tx<P>, id: InvitationId) -> Result<Invitation, Refusal> {
    let invitation = of_seat::<P>(tx, id).await?;
    let sender = within_ceiling(tx, &invitation.role.key, P::SEAT).await?;
    rewrite(tx, &invitation, sender).await
}

/// Sends an invitation as owner again.
///
/// # Errors
/// No such invitation waits, not the owner, or the pack offers no such invitation.
pub async fn resend_as_owner(tx: &mut Tx<WorkspaceTransferOwnership>, id: InvitationId) -> Result<Invitation, Refusal> {
    let (sender, role_key) = as_owner(tx).await?;
    let invitation = invitation(tx, id).await?;
    if invitation.role.key != role_key {
        return Err(Error::NotFound.into());
    }
    rewrite(tx, &invitation, sender).await
}

/// Who invites, if the role is within what they could hand out.
async fn within_ceiling(session: &mut Session, role_key: &str, seat: SeatType) -> Result<MemberId, Refusal> {
    let ceiling = GrantCeiling::of_actor(session).await?;
    let roles = session.roles().await?;
    if !roles.pack().policy.member_creation.contains(&MemberCreation::InviteLink) {
        return Err(Refusal::InvitationsNotOffered);
    }
    ceiling.must_cover(&roles, role_key, seat, inviting_permission(seat))?;
    Ok(ceiling.giver().member.id)
}

/// The owner and their role, if the pack lets it be given by invitation.
async fn as_owner(session: &mut Session) -> Result<(MemberId, String), Refusal> {
    let owner = must_own(session).await?;
    let roles = session.roles().await?;
    if invites_as_owner(roles.pack()) {
        Ok((owner, roles.pack().owner_role.clone()))
    } else {
        Err(Refusal::MechanismNotOffered)
    }
}

async fn write(
    work: &mut Work,
    email: &EmailAddress,
    offer: &Offer,
    seat: SeatType,
    inviter: MemberId,
) -> Result<Invitation, Refusal> {
    if is_member(work, email).await? {
        return Err(Refusal::AlreadyMember);
    }
    if is_invited(work, email).await? {
        return Err(Refusal::AlreadyInvited);
    }
    seat::take(work, seat).await?;
    let (id, now): (InvitationId, _) = (work.ids().next(), work.now());
    let forget = sql!(
        "update invitations set status = 'expired'
         where workspace_id = $1 and email = $2 and status = 'pending' and expires_at <= $3"
    );
    work.run(forget, args![email, now]).await?;
    let insert = sql!(
        "insert into invitations (workspace_id, id, email, role_key, seat_type, token_hash, status, invited_by,
            created_at, sent_at, expires_at, lifetime_days, holds_seat)
         values ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10, $11, 1)
         on conflict do nothing"
    );
    let Offer { role_key, lifetime } = offer;
    let expires_at = lifetime.after(now);
    let values = args![id, email, role_key, seat.name(), no_link(), inviter, now, now, expires_at, lifetime.days()];
    if work.run(insert, values).await? == 0 {
        // Somebody else invited them just now; other addresses of the same request go on.
        seat::give_back(work, seat).await?;
        return Err(Refusal::AlreadyInvited);
    }
    let event = Event::new("invitation.created", Subject::new("invitation", id));
    work.record(event.payload(json!({ "role": role_key, "seat_type": seat.name() })));
    send(work, id);
    waiting_invitation(work, id).await
}

async fn rewrite(work: &mut Work, invitation: &Invitation, sender: MemberId) -> Result<Invitation, Refusal> {
    seat::take_for(work, invitation.id, invitation.seat_type).await?;
    let sql = sql!(
        "update invitations set token_hash = $3, invited_by = $4, sent_at = $5, expires_at = $6
         where workspace_id = $1 and id = $2 and status = 'pending'"
    );
    let (id, now) = (invitation.id, work.now());
    work.run(sql, args![id, no_link(), sender, now, invitation.lifetime.after(now)]).await?;
    work.record(Event::new("invitation.resent", Subject::new("invitation", id)));
    send(work, id);
    waiting_invitation(work, id).await
}

async fn is_member(session: &mut Session, email: &EmailAddress) -> Result<bool, Refusal> {
    let sql = sql!(
        "select m.id from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and a.email = $2
            and m.status in ('active', 'deactivated', 'suspended_over_limit')"
    );
    Ok(session.first(sql, args![email]).await?.is_some())
}

async fn is_invited(session: &mut Session, email: &EmailAddress) -> Result<bool, Refusal> {
    let sql = sql!(
        "select id from invitations where workspace_id = $1 and email = $2 and status = 'pending' and expires_at > $3"
    );
    let now = session.now();
    Ok(session.first(sql, args![email, now]).await?.is_some())
}

/// The hash of a token that nobody has: the mail's own token takes its place when the mail is written.
fn no_link() -> [u8; 32] {
    Token::random("gi").hash()
}

fn send(work: &mut Work, id: InvitationId) {
    let key = work.ids().next::<Uuid>().to_string();
    work.enqueue(Job::new(INVITATION, key, json!({ "invitation_id": id })));
}
