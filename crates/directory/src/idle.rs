//! Who left their desk without a word: after some minutes without a touch the house sets them away, so that nothing new
//! waits for nobody. Only they themselves, or somebody who may, say that they are here again.

use std::time::Duration;

use kernel::MemberId;
use tenancy::{Ability, Error, Grant, Housekeeping, MemberSelf, Permission, Reach, Session, Tx, args, part, sql};

use crate::{
    Availability, AvailabilityCause, AvailabilityStatus, Refusal, availability, inbox_settings, member,
    member::{found, memberships},
};

/// That somebody asks for something is noted every five minutes only.
const SEEN_STEP: Duration = Duration::from_secs(5 * 60);

/// Notes that the member touched something just now. Like a session's last-seen moment this leaves no event.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn note_input(tx: &mut Tx<MemberSelf>) -> Result<(), Refusal> {
    let text = sql!("update memberships set last_input_at = $3 where workspace_id = $1 and id = $2");
    let (me, now) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now());
    tx.mark(text, args![me, now]).await?;
    Ok(())
}

/// Sets those away who touched nothing for as long as the workspace waits; the clock asks for it every minute. Who
/// could not come back by themselves, and who is given no conversations anyhow, is left alone.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn set_idle_away(grant: &Grant<Housekeeping>) -> Result<(), Refusal> {
    let idle = idle(&mut grant.read().await?, None).await?;
    for id in idle {
        let mut tx = grant.begin().await?;
        let outcome = set_away(&mut tx, id).await;
        tx.settle(outcome).await?;
    }
    Ok(())
}

/// Sets one away, unless they touched something or said something meanwhile.
async fn set_away(tx: &mut Tx<Housekeeping>, id: MemberId) -> Result<(), Refusal> {
    member::hold(tx, id).await?;
    if idle(tx, Some(id)).await?.contains(&id) {
        let away = Availability { status: AvailabilityStatus::Away, until: None, cause: AvailabilityCause::Idle };
        availability::write(tx, id, away).await?;
    }
    Ok(())
}

/// Who takes new conversations at the moment and has touched nothing for long enough; `only` asks of one member. Who
/// never sent a touch, as programs do not, is known by what they asked for.
async fn idle(session: &mut Session, only: Option<MemberId>) -> Result<Vec<MemberId>, Refusal> {
    let minutes = inbox_settings(session).await?.auto_away_minutes;
    if minutes == 0 {
        return Ok(Vec::new());
    }
    let now = session.now();
    let since = now.minus(Duration::from_secs(60) * minutes);
    let mut query = memberships();
    query.push(
        part!(
            "and m.status = 'active' and m.seat_type = 'full'
             and coalesce(m.last_input_at, coalesce(m.last_active_at, m.joined_at) + ?) <= ?
             and (v.member_id is null
                or (v.status = 'available' and v.since <= ? and (v.until is null or v.until > ?))
                or (v.status = 'away' and v.until <= ?))"
        ),
        args![SEEN_STEP.as_millis() as i64, since, since, now, since],
    );
    if let Some(id) = only {
        query.push(part!("and m.id = ?"), args![id]);
    }
    let mut idle = Vec::new();
    for member in found(session, &query).await? {
        if member.can_be_assigned == Ability::Yes
            && session.standing_of(member.id).await?.access().reach(Permission::AvailabilitySet) != Reach::None
        {
            idle.push(member.id);
        }
    }
    Ok(idle)
}
