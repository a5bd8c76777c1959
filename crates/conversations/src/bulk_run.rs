//! How a bulk action is worked off: in parts, each conversation in a transaction of its own with the rights that the
//! member has at that moment.

use kernel::{BulkActionId, ConversationId, MemberId, Problem, Timestamp};
use tenancy::{ConversationView, Error, Grant, Housekeeping, Scope, Session, Tx, args, sql};

use crate::{
    ListFilter, Refusal,
    bulk_action::{Deed, add_items, job},
    list::matching,
    undo::{go_back, read_steps},
};

/// So many conversations are collected or worked off in one part.
const PART: i64 = 200;

/// A bulk action as its job finds it.
struct Running {
    id: BulkActionId,
    member: MemberId,
    deed: Deed,
    filter: Option<ListFilter>,
    collected: Option<ConversationId>,
    created_at: Timestamp,
}

/// Works off a part of a bulk action and leaves the rest to the next. `member` is nobody when they are here no longer:
/// then nothing more is done in their name. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer; the job is tried again.
pub async fn run_bulk_action(
    house: &Grant<Housekeeping>,
    member: Option<&Scope>,
    id: BulkActionId,
    part: i64,
) -> Result<(), Refusal> {
    let Some(running) = find(&mut house.read().await?, id).await? else { return Ok(()) };
    let acting = member.and_then(|scope| scope.grant::<ConversationView>().ok());
    let rest = match (&acting, &running.filter) {
        (Some(acting), Some(filter)) => {
            collect(house, acting, &running, filter).await?;
            true
        }
        _ => {
            let waiting = waiting(&mut house.read().await?, id).await?;
            for conversation in &waiting {
                turn(house, acting.as_ref(), &running, *conversation).await?;
            }
            waiting.len() as i64 == PART
        }
    };
    let mut tx = house.begin().await?;
    let outcome: Result<(), Error> = if rest {
        tx.enqueue(job(id, running.member, part + 1));
        Ok(())
    } else {
        finish(&mut tx, id).await
    };
    Ok(tx.settle(outcome).await?)
}

async fn find(session: &mut Session, id: BulkActionId) -> Result<Option<Running>, Error> {
    let text = sql!(
        "select member_id, action, filter, collected, created_at from bulk_actions
         where workspace_id = $1 and id = $2 and finished_at is null"
    );
    let corrupt = |error: serde_json::Error| Error::Corrupt(error.to_string());
    let Some(mut row) = session.first(text, args![id]).await? else { return Ok(None) };
    let (deed, filter): (String, Option<String>) = (row.take(1)?, row.take(2)?);
    Ok(Some(Running {
        id,
        member: row.take(0)?,
        deed: serde_json::from_str(&deed).map_err(corrupt)?,
        filter: filter.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?,
        collected: row.take(3)?,
        created_at: row.take(4)?,
    }))
}

/// Collects what the member sees of the filter, in the order of ids, so that what moves in the list is neither missed
/// nor met twice; what came after the bulk action was asked for is not meant.
async fn collect(
    house: &Grant<Housekeeping>,
    acting: &Grant<ConversationView>,
    running: &Running,
    filter: &ListFilter,
) -> Result<(), Refusal> {
    let (after, until) = (running.collected, running.created_at);
    let ids = matching(&mut acting.read().await?, &filter.filter(), after, until, PART).await?;
    let mut tx = house.begin().await?;
    let outcome = note(&mut tx, running, &ids).await;
    Ok(tx.settle(outcome).await?)
}

async fn note(tx: &mut Tx<Housekeeping>, running: &Running, ids: &[ConversationId]) -> Result<(), Error> {
    let text = sql!(
        "update bulk_actions set total = total + $3, collected = $4,
            filter = case when $5 = 1 then filter else null end
         where workspace_id = $1 and id = $2 and finished_at is null"
    );
    let (found, more) = (ids.len() as i64, ids.len() as i64 == PART);
    let last = ids.last().copied().or(running.collected);
    if tx.mark(text, args![running.id, found, last, more]).await? == 1 {
        add_items(tx, running.id, ids).await?;
    }
    Ok(())
}

async fn waiting(session: &mut Session, id: BulkActionId) -> Result<Vec<ConversationId>, Error> {
    let text = sql!(
        "select conversation_id from bulk_items
         where workspace_id = $1 and bulk_action_id = $2 and state = 'waiting' order by conversation_id limit $3"
    );
    session.all(text, args![id, PART]).await?.into_iter().map(|mut row| row.take(0)).collect()
}

/// Does what is to be done to one conversation, or writes down why not.
async fn turn(
    house: &Grant<Housekeeping>,
    acting: Option<&Grant<ConversationView>>,
    running: &Running,
    conversation: ConversationId,
) -> Result<(), Refusal> {
    let outcome = match acting {
        Some(acting) => act(acting, running, conversation).await,
        None => Err(Error::NotFound.into()),
    };
    match outcome {
        // Trying again helps.
        Err(Refusal::Vault(error @ (Error::Busy | Error::Unavailable(_)))) => Err(error.into()),
        Err(refusal) => failed(house, running.id, conversation, refusal).await,
        Ok(()) => Ok(()),
    }
}

async fn act(acting: &Grant<ConversationView>, running: &Running, conversation: ConversationId) -> Result<(), Refusal> {
    let mut tx = acting.begin().await?;
    let steps = match take_turn(&mut tx, running.id, conversation).await {
        Ok(Some(steps)) => steps,
        // Somebody else took this turn, or it was dropped.
        Ok(None) => return Ok(tx.settle(Ok::<_, Error>(())).await?),
        Err(error) => return Err(tx.refuse(error).await.into()),
    };
    let mut tx = match &running.deed {
        Deed::Do(action) => action.perform(tx, conversation, 0).await?,
        Deed::TakeBack(_) => match take_back(&mut tx, &steps).await {
            Ok(()) => tx,
            Err(refusal) => return Err(tx.refuse(refusal).await),
        },
    };
    let outcome = done(&mut tx, running.id, conversation).await;
    Ok(tx.settle(outcome).await?)
}

/// Takes a conversation's turn, in the transaction that acts; its steps back as they were left.
async fn take_turn(
    tx: &mut Tx<ConversationView>,
    id: BulkActionId,
    conversation: ConversationId,
) -> Result<Option<String>, Error> {
    let text = sql!(
        "update bulk_items set state = 'done'
         where workspace_id = $1 and bulk_action_id = $2 and conversation_id = $3 and state = 'waiting' returning steps"
    );
    tx.first(text, args![id, conversation]).await?.map(|mut row| row.take(0)).transpose()
}

async fn take_back(tx: &mut Tx<ConversationView>, steps: &str) -> Result<(), Refusal> {
    let steps = serde_json::from_str(steps).map_err(|error| Error::Corrupt(error.to_string()))?;
    for step in read_steps(steps)?.into_iter().rev() {
        go_back(tx, step).await?;
    }
    Ok(())
}

async fn done(tx: &mut Tx<ConversationView>, id: BulkActionId, conversation: ConversationId) -> Result<(), Error> {
    let keep = sql!(
        "update bulk_items set steps = $4 where workspace_id = $1 and bulk_action_id = $2 and conversation_id = $3"
    );
    let count = sql!("update bulk_actions set done = done + 1 where workspace_id = $1 and id = $2");
    let steps = serde_json::Value::from(tx.take_steps_back()).to_string();
    tx.mark(keep, args![id, conversation, steps]).await?;
    tx.mark(count, args![id]).await.map(drop)
}

async fn failed(
    house: &Grant<Housekeeping>,
    id: BulkActionId,
    conversation: ConversationId,
    refusal: Refusal,
) -> Result<(), Refusal> {
    let mut tx = house.begin().await?;
    let outcome = write_failure(&mut tx, id, conversation, refusal.into()).await;
    Ok(tx.settle(outcome).await?)
}

async fn write_failure(
    tx: &mut Tx<Housekeeping>,
    id: BulkActionId,
    conversation: ConversationId,
    Problem { code, detail, .. }: Problem,
) -> Result<(), Error> {
    let text = sql!(
        "update bulk_items set state = 'failed', code = $4, detail = $5
         where workspace_id = $1 and bulk_action_id = $2 and conversation_id = $3 and state = 'waiting'"
    );
    let count = sql!("update bulk_actions set failed = failed + 1 where workspace_id = $1 and id = $2");
    if tx.mark(text, args![id, conversation, code, detail]).await? == 1 {
        tx.mark(count, args![id]).await?;
    }
    Ok(())
}

/// That it is done is no news: each change has its own event.
async fn finish(tx: &mut Tx<Housekeeping>, id: BulkActionId) -> Result<(), Error> {
    let text = sql!(
        "update bulk_actions set finished_at = $3, filter = null
         where workspace_id = $1 and id = $2 and finished_at is null"
    );
    let now = tx.now();
    tx.mark(text, args![id, now]).await.map(drop)
}
