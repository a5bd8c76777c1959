//! Queues that are drained: what waits is shared out, oldest first, as soon as somebody can take it (INV-28).
//!
//! One transaction takes one decision. It holds the conversation first, then the team, then the chosen member, as what
//! comes in does, so that nobody waits for each other in a circle. Before each, a transaction of its own passes the
//! team's lock: a decision under way that found nobody has put its conversation into the queue by then.

use kernel::{ConversationId, MemberId, TeamId};
use tenancy::{Error, Grant, Housekeeping, Session, Tx, Work, args, sql};

use super::{
    choice,
    decision::Cause,
    place::{place_in_team, place_with},
};
use crate::{Mode, Refusal, Status, conversation::hold_unseen};

/// Shares out what waits in a team, or for somebody in everybody's queue, until nobody can take more; returns how many
/// found somebody. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn drain(grant: &Grant<Housekeeping>, team: Option<TeamId>) -> Result<u64, Refusal> {
    let mut given = 0;
    loop {
        let mut tx = grant.begin().await?;
        let outcome = next(&mut tx, team).await;
        let Some(id) = tx.settle(outcome).await? else { return Ok(given) };
        let mut tx = grant.begin().await?;
        let outcome = give(&mut tx, id, team).await;
        if !tx.settle(outcome).await? {
            return Ok(given);
        }
        given += 1;
    }
}

/// Whoever held it may be given another one: their teams' queues are looked at, where it counts how many they have.
pub(crate) async fn freed(work: &mut Work, member: Option<MemberId>) -> Result<(), Error> {
    let Some(member) = member else { return Ok(()) };
    let text = sql!(
        "select t.id from team_members s join teams t on t.workspace_id = s.workspace_id and t.id = s.team_id
         where s.workspace_id = $1 and s.member_id = $2 and t.archived_at is null and t.strategy <> 'manual'
            and coalesce(s.capacity, t.capacity) is not null"
    );
    for mut row in work.all(text, args![member]).await? {
        directory::drain(work, Some(row.take(0)?));
    }
    Ok(())
}

/// The teams in whose queues something waits for a person, and `None` where something may wait for somebody in
/// everybody's. Asked team by team, so that a long queue which nobody shares out costs nothing.
pub(super) async fn waiting(session: &mut Session) -> Result<Vec<Option<TeamId>>, Error> {
    let teams = sql!(
        "select t.id from teams t
         where t.workspace_id = $1 and t.archived_at is null and t.strategy <> 'manual' and exists (
            select 1 from conversations c
            where c.workspace_id = t.workspace_id and c.team_id = t.id and c.status = 'open' and c.assignee_id is null
                and c.mode <> 'ai')"
    );
    let rules = sql!("select 1 from routing_rules where workspace_id = $1 limit 1");
    let rows = session.all(teams, &[]).await?;
    let mut queues = rows.into_iter().map(|mut row| row.take(0).map(Some)).collect::<Result<Vec<_>, _>>()?;
    if session.first(rules, &[]).await?.is_some() {
        queues.push(None);
    }
    Ok(queues)
}

async fn next(tx: &mut Tx<Housekeeping>, team: Option<TeamId>) -> Result<Option<ConversationId>, Refusal> {
    match team {
        Some(team) => next_of_team(tx, team).await,
        None => next_for_somebody(tx).await,
    }
}

/// The head of a team's queue: what has the label for what comes first, then the oldest.
async fn next_of_team(work: &mut Work, team: TeamId) -> Result<Option<ConversationId>, Refusal> {
    let head = sql!(
        "select c.id from conversations c
         where c.workspace_id = $1 and c.team_id = $2 and c.status = 'open' and c.assignee_id is null and c.mode <> 'ai'
         order by case when exists (
            select 1 from conversation_labels l join labels p on p.workspace_id = l.workspace_id and p.id = l.label_id
            where l.workspace_id = c.workspace_id and l.conversation_id = c.id and p.key = 'priority') then 0 else 1 end,
            coalesce(c.queued_at, c.created_at), c.id limit 1"
    );
    if !hold_team(work, team).await? {
        return Ok(None);
    }
    let row = work.first(head, args![team]).await?;
    Ok(row.map(|mut row| row.take(0)).transpose()?)
}

/// Holds a team, so that it does not end meanwhile; `false` when it has ended.
pub(crate) async fn hold_team(work: &mut Work, team: TeamId) -> Result<bool, Error> {
    let hold = sql!(
        "update teams set version = version where workspace_id = $1 and id = $2 and archived_at is null returning id"
    );
    Ok(work.first(hold, args![team]).await?.is_some())
}

/// The oldest conversation in everybody's queue that waits for somebody who can take it.
async fn next_for_somebody(session: &mut Session) -> Result<Option<ConversationId>, Refusal> {
    let awaited = sql!(
        "select c.queued_for from conversations c
         where c.workspace_id = $1 and c.team_id is null and c.status = 'open' and c.assignee_id is null
            and c.mode <> 'ai' and c.queued_for is not null
         group by c.queued_for order by min(coalesce(c.queued_at, c.created_at)), c.queued_for"
    );
    let oldest = sql!(
        "select c.id from conversations c
         where c.workspace_id = $1 and c.team_id is null and c.status = 'open' and c.assignee_id is null
            and c.mode <> 'ai' and c.queued_for = $2
         order by coalesce(c.queued_at, c.created_at), c.id limit 1"
    );
    // However many wait for who is not here, they keep nothing from who is.
    for mut row in session.all(awaited, &[]).await? {
        let member: MemberId = row.take(0)?;
        if choice::skip_by_name(session, member, None).await?.is_none() {
            let first = session.first(oldest, args![member]).await?;
            return Ok(first.map(|mut row| row.take(0)).transpose()?);
        }
    }
    Ok(None)
}

/// Whether somebody was found, or somebody else found the conversation meanwhile.
async fn give(tx: &mut Tx<Housekeeping>, id: ConversationId, team: Option<TeamId>) -> Result<bool, Refusal> {
    let held = hold_unseen(tx, id).await?;
    let waits = held.status == Status::Open && held.assignee.is_none() && held.mode != Mode::Ai && held.team == team;
    if !waits {
        return Ok(true);
    }
    let routed = match team {
        Some(_) => place_in_team(tx, &held, Cause::Waited, None).await?,
        None => match waits_for(tx, id).await? {
            Some(member) => place_with(tx, held, member).await?,
            None => None,
        },
    };
    match routed {
        Some(routed) => routed.record(tx, false).await.map(|()| true),
        None => Ok(false),
    }
}

async fn waits_for(session: &mut Session, id: ConversationId) -> Result<Option<MemberId>, Error> {
    let text = sql!("select queued_for from conversations where workspace_id = $1 and id = $2");
    session.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)
}
