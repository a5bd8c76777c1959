//! One conversation that becomes two: what came before a message goes into the archive, and the conversation goes on from
//! there. What goes on keeps its id, and every message its number, so nothing that is under way loses its way
//! (docs/decisions/0015).

use customers::label::{Labelled, label_ids, link};
use kernel::{ConversationId, MergeId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    ConversationAssign, Error, Event, Permission, Session, SightPoint, Subject, TenantSql, Tx, Work, args, sql,
};

use crate::{
    AttachmentRef, Direction, Message, Refusal, Status, ToolRefusal,
    conversation::{Held, hold, must_be_own},
    counters::{self, Place},
    merge::{self, MergeKind, hold_both, must_reach},
    message::message,
    note, preview,
};

/// What was split off.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    /// Under which it is taken back, as a merge is.
    pub id: MergeId,
    /// What came before, in the archive.
    pub earlier: ConversationId,
}

/// What it takes to make the two one again.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Undoing {
    from_seq: i64,
    /// Of what was split off: nothing may have changed it since.
    version: i64,
    /// Since when its customer waited, before and after.
    waiting: (Option<Timestamp>, Option<Timestamp>),
}

/// Splits a conversation that goes on: what came before a message becomes a conversation in the archive, with the same
/// assignee, team and labels.
///
/// # Errors
/// Out of sight, not one's own, archived or part of another, no such message, nothing said on one side of it, or
/// something before it is under way.
pub async fn split(tx: &mut Tx<ConversationAssign>, id: ConversationId, from_seq: i64) -> Result<Split, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    must_go_on(tx, &held).await?;
    let first = beginning(tx, id, from_seq).await?;
    must_be_settled(tx, id, from_seq).await?;
    let waited = waiting_since(tx, id).await?;
    let earlier = archive(tx, &held, from_seq).await?;
    move_before(tx, (id, earlier), from_seq).await?;
    retell(tx, earlier).await?;
    retell(tx, id).await?;
    begin_with(tx, id, first.sent_at).await?;
    let (version, waiting) = (version(tx, earlier).await?, (waited, waiting_since(tx, id).await?));
    let undoing = merge::Undoing::Split(Undoing { from_seq, version, waiting });
    let split = merge::write(tx, MergeKind::Split, (earlier.into(), id.into()), &undoing).await?;
    counters::moved(tx, None, Some(archived(&held)));
    let sight = Some(held.sight());
    record(tx, "conversation.split", (id, earlier), ((sight, sight), (None, sight)));
    Ok(Split { id: split, earlier })
}

/// Where a message stands that had this number in a conversation, which may have been split since.
///
/// # Errors
/// The database cannot answer.
pub async fn whereabouts(session: &mut Session, id: ConversationId, seq: i64) -> Result<ConversationId, Error> {
    let text = sql!(
        "select source_id, moved from merges
         where workspace_id = $1 and kind = 'split' and target_id = $2 and undone_at is null"
    );
    let mut parts = Vec::new();
    for mut row in session.all(text, args![id]).await? {
        let (part, moved): (ConversationId, String) = (row.take(0)?, row.take(1)?);
        match serde_json::from_str(&moved).map_err(|error| Error::Corrupt(error.to_string()))? {
            merge::Undoing::Split(undoing) if seq < undoing.from_seq => parts.push((undoing.from_seq, part)),
            _ => {}
        }
    }
    Ok(parts.into_iter().min().map_or(id, |(_, part)| part))
}

/// Makes a conversation one again with what was split off it.
pub(crate) async fn join(
    work: &mut Work,
    (earlier, id): (ConversationId, ConversationId),
    undoing: &Undoing,
) -> Result<(), Refusal> {
    let created = sql!(
        "update conversations set waiting_since = $3,
            created_at = (select e.created_at from conversations e where e.workspace_id = $1 and e.id = $4)
         where workspace_id = $1 and id = $2"
    );
    let (part, held) = hold_both(work, earlier, id).await?;
    for one in [&part, &held] {
        must_reach(work, Permission::ConversationAssign, one)?;
    }
    if !is_untouched(work, (earlier, id), undoing).await? {
        return Err(ToolRefusal::Overtaken.into());
    }
    let ((before, after), now) = (undoing.waiting, waiting_since(work, id).await?);
    work.run(created, args![id, if now == after { before } else { now }, earlier]).await?;
    move_before(work, (earlier, id), i64::MAX).await?;
    retell(work, id).await?;
    forget(work, earlier).await?;
    counters::moved(work, Some(part.place()), None);
    let (here, there) = (Some(held.sight()), Some(part.sight()));
    record(work, "conversation.joined", (id, earlier), ((here, here), (there, None)));
    Ok(())
}

async fn must_go_on(work: &mut Work, held: &Held) -> Result<(), Refusal> {
    let text = sql!("select 1 from conversations where workspace_id = $1 and id = $2 and merged_into is not null");
    if held.status == Status::Archived || work.first(text, args![held.id]).await?.is_some() {
        return Err(ToolRefusal::SplitClosed.into());
    }
    Ok(())
}

/// The message that the conversation is to begin with. Something said between the customer and the house must stand on
/// either side.
async fn beginning(work: &mut Work, id: ConversationId, from_seq: i64) -> Result<Message, Refusal> {
    let text = sql!(
        "select count(case when seq < $3 then 1 end), count(case when seq >= $3 then 1 end) from messages
         where workspace_id = $1 and conversation_id = $2 and direction <> 'internal'
            and state not in ('held', 'withdrawn')"
    );
    let seen = note::are_seen_by(work);
    let first = message(work, id, from_seq).await?.filter(|one| seen || one.direction != Direction::Internal);
    let mut row = work.first(text, args![id, from_seq]).await?.ok_or(Error::NotFound)?;
    let (before, after): (i64, i64) = (row.take(0)?, row.take(1)?);
    Ok(first.filter(|_| before > 0 && after > 0).ok_or(ToolRefusal::NothingToSplit)?)
}

async fn must_be_settled(work: &mut Work, id: ConversationId, from_seq: i64) -> Result<(), Refusal> {
    const HELD: TenantSql = sql!(
        "select 1 from messages where workspace_id = $1 and conversation_id = $2 and seq < $3 and state = 'held' limit 1"
    );
    const OFFERED: TenantSql = sql!(
        "select 1 from handovers where workspace_id = $1 and conversation_id = $2 and seq < $3 and state = 'open' limit 1"
    );
    for text in [HELD, OFFERED] {
        if work.first(text, args![id, from_seq]).await?.is_some() {
            return Err(ToolRefusal::SplitUnderWay.into());
        }
    }
    Ok(())
}

/// A conversation in the archive beside the one that is held, for what came before a sequence of it, read by everybody as
/// far as they had read.
async fn archive(work: &mut Work, held: &Held, before: i64) -> Result<ConversationId, Refusal> {
    let insert = sql!(
        "insert into conversations (workspace_id, id, customer_id, channel_id, status, mode, mode_epoch, assignee_id,
            team_id, last_seq, last_inbound_seq, last_outbound_seq, customer_delivered_seq, customer_read_seq,
            last_activity_at, version, business_id, subject, created_at)
         values ($1, $2, $3, $4, 'archived', $5, $6, $7, $8, $9, 0, 0, $10, $11, $12, 1,
            (select c.business_id from conversations c where c.workspace_id = $1 and c.id = $13),
            (select c.subject from conversations c where c.workspace_id = $1 and c.id = $13),
            (select c.created_at from conversations c where c.workspace_id = $1 and c.id = $13))"
    );
    let labels = sql!("select label_ids from conversations where workspace_id = $1 and id = $2");
    let reads = sql!(
        "insert into conversation_reads (workspace_id, member_id, conversation_id, seq)
         select r.workspace_id, r.member_id, c.id, case when r.seq < c.last_seq then r.seq else c.last_seq end
         from conversation_reads r
         join conversations c on c.workspace_id = r.workspace_id and c.id = $3
         where r.workspace_id = $1 and r.conversation_id = $2"
    );
    let (id, now, last): (ConversationId, _, _) = (work.ids().next(), work.now(), before - 1);
    let values = args![
        id,
        held.customer,
        held.channel,
        held.mode.name(),
        held.mode_epoch,
        held.assignee,
        held.team,
        last,
        held.customer_delivered_seq.min(last),
        held.customer_read_seq.min(last),
        now,
        held.id
    ];
    work.run(insert, values).await?;
    work.run(reads, args![held.id, id]).await?;
    let on: String = work.first(labels, args![held.id]).await?.ok_or(Error::NotFound)?.take(0)?;
    for label in label_ids(&on)? {
        link(work, Labelled::Conversation(id), label).await?;
    }
    Ok(id)
}

/// Moves what stands before a sequence from one conversation to the other, under the numbers it has. Mentions and
/// hand-overs go along with their notes.
async fn move_before(work: &mut Work, (from, to): (ConversationId, ConversationId), before: i64) -> Result<(), Error> {
    let files = sql!(
        "select attachments from messages
         where workspace_id = $1 and conversation_id = $2 and seq < $3 and attachments <> '[]'"
    );
    let messages =
        sql!("update messages set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 and seq < $4");
    // What the AI answers with after the split belongs there.
    let drafts = sql!(
        "update ai_drafts set conversation_id = $3
         where workspace_id = $1 and conversation_id = $2 and inbound_seq < $4 and ended_at is not null
            and (message_seq is null or message_seq < $4)"
    );
    let file = sql!("update attachments set conversation_id = $3 where workspace_id = $1 and id = $2");
    for mut row in work.all(files, args![from, before]).await? {
        let listed: String = row.take(0)?;
        let listed: Vec<AttachmentRef> =
            serde_json::from_str(&listed).map_err(|error| Error::Corrupt(error.to_string()))?;
        for each in listed {
            work.run(file, args![each.id, to]).await?;
        }
    }
    work.run(messages, args![from, to, before]).await?;
    work.run(drafts, args![from, to, before]).await?;
    work.move_index(from, to, before).await
}

/// Says anew what a conversation says of its messages.
async fn retell(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    let text = sql!(
        "update conversations set version = version + 1,
            last_inbound_seq = coalesce((
                select max(m.seq) from messages m
                where m.workspace_id = conversations.workspace_id and m.conversation_id = conversations.id
                    and m.direction = 'inbound'), 0),
            last_outbound_seq = coalesce((
                select max(m.seq) from messages m
                where m.workspace_id = conversations.workspace_id and m.conversation_id = conversations.id
                    and m.direction = 'outbound' and m.author_kind <> 'system' and m.state <> 'withdrawn'), 0),
            last_activity_at = case when status <> 'archived' then last_activity_at else coalesce((
                select max(m.sent_at) from messages m
                where m.workspace_id = conversations.workspace_id and m.conversation_id = conversations.id),
                last_activity_at) end
         where workspace_id = $1 and id = $2"
    );
    work.run(text, args![id]).await?;
    preview::renew(work, id).await
}

/// A conversation began with its first message, and who still waits there waits for an answer to what stands there.
async fn begin_with(work: &mut Work, id: ConversationId, at: Timestamp) -> Result<(), Error> {
    let text = sql!(
        "update conversations set created_at = $3,
            waiting_since = case when waiting_since is null then null else (
                select min(m.sent_at) from messages m
                where m.workspace_id = conversations.workspace_id and m.conversation_id = conversations.id
                    and m.direction = 'inbound' and m.sent_at >= conversations.waiting_since) end
         where workspace_id = $1 and id = $2"
    );
    work.run(text, args![id, at]).await.map(drop)
}

async fn waiting_since(session: &mut Session, id: ConversationId) -> Result<Option<Timestamp>, Error> {
    let text = sql!("select waiting_since from conversations where workspace_id = $1 and id = $2");
    session.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)
}

async fn version(session: &mut Session, id: ConversationId) -> Result<i64, Error> {
    let text = sql!("select version from conversations where workspace_id = $1 and id = $2");
    session.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)
}

/// Whether nothing was done with what was split off, and nothing else was split off after it.
async fn is_untouched(
    session: &mut Session,
    (earlier, id): (ConversationId, ConversationId),
    undoing: &Undoing,
) -> Result<bool, Error> {
    const FIRST: TenantSql =
        sql!("select coalesce(min(seq), 0) from messages where workspace_id = $1 and conversation_id = $2");
    const USED: [TenantSql; 5] = [
        sql!("select 1 from drafts where workspace_id = $1 and conversation_id = $2 limit 1"),
        sql!("select 1 from tasks where workspace_id = $1 and conversation_id = $2 limit 1"),
        sql!("select 1 from scheduled_messages where workspace_id = $1 and conversation_id = $2 limit 1"),
        sql!("select 1 from mode_events where workspace_id = $1 and conversation_id = $2 limit 1"),
        sql!("select 1 from conversations where workspace_id = $1 and merged_into = $2 limit 1"),
    ];
    let first: i64 = session.first(FIRST, args![id]).await?.ok_or(Error::NotFound)?.take(0)?;
    if first != undoing.from_seq || version(session, earlier).await? != undoing.version {
        return Ok(false);
    }
    for text in USED {
        if session.first(text, args![earlier]).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes away a conversation that nothing stands in any more.
async fn forget(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    const LABELS: TenantSql = sql!("delete from conversation_labels where workspace_id = $1 and conversation_id = $2");
    const READS: TenantSql = sql!("delete from conversation_reads where workspace_id = $1 and conversation_id = $2");
    const ITSELF: TenantSql = sql!("delete from conversations where workspace_id = $1 and id = $2");
    for text in [LABELS, READS, ITSELF] {
        work.run(text, args![id]).await?;
    }
    Ok(())
}

fn archived(held: &Held) -> Place {
    Place { status: Status::Archived, ..held.place() }
}

/// Who could see a conversation before and who can after.
type Sights = (Option<SightPoint>, Option<SightPoint>);

/// Whoever sees what goes on or what was split off hears of it.
fn record(
    work: &mut Work,
    kind: &'static str,
    (id, earlier): (ConversationId, ConversationId),
    (here, there): (Sights, Sights),
) {
    for (subject, (before, after)) in [(id, here), (earlier, there)] {
        let event = Event::new(kind, Subject::new("conversation", subject)).sight(before, after);
        work.record(event.payload(json!({ "conversation_id": id, "earlier": earlier })));
    }
}
