//! The digest: at the times that each member chose, twice a day unless they chose otherwise, they are told what waits for
//! a human (AI-017). Nothing waiting is no news.

use kernel::{MemberId, Timestamp, WorkspaceId};
use tenancy::{Error, Housekeeping, OnDuty, Session, Tx, args, sql};

use crate::{
    Refusal,
    delivery::as_member,
    kind::Kind,
    news::About,
    preferences::{self, Place, Preferences},
    reaction::Recipient,
    shown::{Told, may_know},
};

/// A member whose digest is due.
struct DueDigest {
    member: MemberId,
    wishes: Preferences,
    due: Timestamp,
    last: Option<Timestamp>,
}

/// Tells every member of a workspace whose time has come what waits; returns whose notifications changed. Each digest
/// is claimed in the transaction that tells it, so several servers tell it once.
///
/// # Errors
/// The database cannot answer.
pub async fn tell_digests(duty: &OnDuty, workspace: WorkspaceId) -> Result<Vec<MemberId>, Refusal> {
    let grant = duty.enter(workspace).grant::<Housekeeping>()?;
    let mut told = Vec::new();
    for digest in due(&mut grant.read().await?).await? {
        let Some((_, mut session)) = as_member(duty, workspace, digest.member).await? else { continue };
        if !may_know(&session.viewer(), Kind::Digest) || conversations::waiting(&mut session).await?.is_empty() {
            continue;
        }
        drop(session);
        let mut tx = grant.begin().await?;
        let member = digest.member;
        let outcome = tell(&mut tx, digest).await;
        if tx.settle(outcome).await? {
            told.push(member);
        }
    }
    Ok(told)
}

/// Tells one, unless another server was quicker.
async fn tell(tx: &mut Tx<Housekeeping>, digest: DueDigest) -> Result<bool, Refusal> {
    let DueDigest { member, wishes, due, last } = digest;
    let claim = sql!(
        "insert into digests (workspace_id, member_id, at) values ($1, $2, $3)
         on conflict (workspace_id, member_id) do update set at = excluded.at where digests.at = $4"
    );
    if tx.mark(claim, args![member, due, last.unwrap_or(due)]).await? == 0 {
        return Ok(false);
    }
    let about = About::Digest(tx.workspace().into());
    // A digest comes from no event: its moment tells one from the next.
    let told = Told { kind: Kind::Digest, about, event_seq: due.millis(), actor: None, message_seq: None, note: None };
    let recipient = Recipient { member, wishes, place: Place::default() };
    let in_app = recipient.in_app(tx, &told, due).await?;
    recipient.outside(tx, &told).await?;
    Ok(in_app)
}

/// Active members whose newest digest time lies after the last digest they got. Who never got one is not told of
/// times before joining.
async fn due(session: &mut Session) -> Result<Vec<DueDigest>, Error> {
    let text = sql!(
        "select m.id, p.preferences, d.at, m.joined_at from memberships m
         left join notification_preferences p on p.workspace_id = m.workspace_id and p.member_id = m.id
         left join digests d on d.workspace_id = m.workspace_id and d.member_id = m.id
         where m.workspace_id = $1 and m.status = 'active'"
    );
    let (now, usual) = (session.now(), preferences::usual(session).await?);
    let mut found = Vec::new();
    for mut row in session.all(text, &[]).await? {
        let stored: Option<String> = row.take(1)?;
        let wishes = stored.map_or_else(|| Ok(usual.clone()), |text| preferences::read(&text))?;
        let (last, joined): (Option<Timestamp>, Timestamp) = (row.take(2)?, row.take(3)?);
        if let Some(due) = wishes.digest_due(now).filter(|due| *due > last.unwrap_or(joined)) {
            found.push(DueDigest { member: row.take(0)?, wishes, due, last });
        }
    }
    Ok(found)
}
