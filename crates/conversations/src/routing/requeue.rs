//! What the clock moves: work of who has been away for as long as its team waits goes back into the queue, and queues
//! are looked at when a shift begins or somebody's break is over.

use std::{collections::HashSet, time::Duration};

use kernel::{ConversationId, MemberId, TeamId, Timestamp};
use tenancy::{Error, Grant, Housekeeping, Session, Tx, args, sql};

use super::{
    decision::Cause,
    queue::{drain, waiting},
};
use crate::{Refusal, Status, assignment::give_back, conversation::hold_unseen};

/// So much goes back at one look; the rest at the next.
const MOST: i64 = 200;
/// That somebody is here is noted every five minutes only: who was seen since may be here still, however short a team
/// wants to wait.
const SEEN_LASTS: Duration = Duration::from_secs(10 * 60);

/// Looks at a workspace's queues once; the clock asks for it every minute.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn keep_moving(grant: &Grant<Housekeeping>) -> Result<(), Refusal> {
    let left = left_alone(&mut grant.read().await?).await?;
    for (id, member) in left {
        let mut tx = grant.begin().await?;
        let outcome = take_back(&mut tx, id, member).await;
        tx.settle(outcome).await?;
    }
    let waiting = waiting(&mut grant.read().await?).await?;
    for team in waiting {
        drain(grant, team).await?;
    }
    Ok(())
}

/// Open conversations of teams that take them back, whose members have been away, or gone from the screen, for long
/// enough. Who said to be here until a moment is away from then on.
async fn left_alone(session: &mut Session) -> Result<Vec<(ConversationId, MemberId)>, Error> {
    let text = sql!(
        "select c.id, c.assignee_id from conversations c
         join teams t on t.workspace_id = c.workspace_id and t.id = c.team_id
         join memberships m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
         left join availability a on a.workspace_id = c.workspace_id and a.member_id = c.assignee_id
         where c.workspace_id = $1 and c.status = 'open' and t.archived_at is null and (
            (t.requeue_on = 'offline'
                and coalesce(m.last_active_at, m.joined_at) + t.requeue_after_minutes * 60000 <= $2
                and coalesce(m.last_active_at, m.joined_at) <= $4)
            or (t.requeue_on = 'away' and a.status = 'away' and (a.until is null or a.until > $2)
                and a.since + t.requeue_after_minutes * 60000 <= $2)
            or (t.requeue_on = 'away' and a.status = 'available' and a.until is not null
                and a.until + t.requeue_after_minutes * 60000 <= $2))
         order by c.last_activity_at, c.id limit $3"
    );
    // Hardly any team does, and open conversations may be many.
    let takes_back =
        sql!("select 1 from teams where workspace_id = $1 and requeue_on <> 'never' and archived_at is null limit 1");
    if session.first(takes_back, &[]).await?.is_none() {
        return Ok(Vec::new());
    }
    let now = session.now();
    let rows = session.all(text, args![now, MOST, seen_before(now)]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// The members whom a team counts as gone from the screen: it takes back what they have, and gives them nothing.
///
/// # Errors
/// The database cannot answer.
pub(super) async fn gone(session: &mut Session, team: TeamId) -> Result<HashSet<MemberId>, Error> {
    let text = sql!(
        "select m.id from teams t join memberships m on m.workspace_id = t.workspace_id and m.status = 'active'
         where t.workspace_id = $1 and t.id = $2 and t.requeue_on = 'offline'
            and coalesce(m.last_active_at, m.joined_at) + t.requeue_after_minutes * 60000 <= $3
            and coalesce(m.last_active_at, m.joined_at) <= $4"
    );
    let now = session.now();
    let rows = session.all(text, args![team, now, seen_before(now)]).await?;
    rows.into_iter().map(|mut row| row.take(0)).collect()
}

fn seen_before(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.millis() - SEEN_LASTS.as_millis() as i64)
}

/// Takes a conversation from its member and has the team choose again, unless something happened to it meanwhile.
async fn take_back(tx: &mut Tx<Housekeeping>, id: ConversationId, member: MemberId) -> Result<(), Refusal> {
    let held = hold_unseen(tx, id).await?;
    if held.status != Status::Open || held.assignee != Some(member) {
        return Ok(());
    }
    give_back(tx, &held, Cause::Away).await
}
