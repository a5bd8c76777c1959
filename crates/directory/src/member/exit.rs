//! How people go: deactivated and back, removed, by themselves, on the day that was set, or because the plan has no seat
//! for them. Everything that follows happens in the same transaction (INV-08, INV-09, INV-10).

use kernel::{ConversationId, Cursor, ExitReceiptId, Limit, MemberId, Page, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Composed, Error, Event, Housekeeping, MemberDeactivate, MemberRemove, Permission, Row, SESSION_IDLE_MILLIS,
    Session, Subject, Tx, Work, WorkspaceLeave, args, part, sql,
};
use utoipa::ToSchema;

use crate::{
    ExitParty, Member, MemberStatus, Refusal, Released, availability,
    member::{held, living, member},
    ownership_transfer::cancel_open_of,
    rank::{Authority, Bar, sole_manager},
    seat, shift, team,
};

/// More conversations than this are counted on a receipt, not listed.
const MOST_LISTED: usize = 100;

/// How somebody went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExitWay {
    /// Can be undone.
    Deactivated,
    Removed,
    Left,
    /// On the day that was set for it.
    Expired,
    /// There were more members than the plan has seats, for too long (INV-17). They come back when there is room.
    SuspendedOverLimit,
}

impl ExitWay {
    const ALL: [Self; 5] = [Self::Deactivated, Self::Removed, Self::Left, Self::Expired, Self::SuspendedOverLimit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Deactivated => "deactivated",
            Self::Removed => "removed",
            Self::Left => "left",
            Self::Expired => "expired",
            Self::SuspendedOverLimit => "suspended_over_limit",
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Deactivated => "member.deactivated",
            Self::Removed => "member.removed",
            Self::Left => "member.left",
            Self::Expired => "member.expired",
            Self::SuspendedOverLimit => "seat.suspended",
        }
    }

    const fn status(self) -> MemberStatus {
        match self {
            Self::Deactivated => MemberStatus::Deactivated,
            Self::Left => MemberStatus::Left,
            Self::Removed | Self::Expired => MemberStatus::Removed,
            Self::SuspendedOverLimit => MemberStatus::SuspendedOverLimit,
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let way = Self::ALL.into_iter().find(|way| way.name() == name);
        way.ok_or_else(|| Error::Corrupt(format!("way to exit {name:?}")))
    }
}

/// What an exit ended and moved, as it was at that moment (OWN-10).
#[derive(Debug, Clone)]
pub struct ExitReceipt {
    pub id: ExitReceiptId,
    pub member: MemberId,
    pub how: ExitWay,
    pub at: Timestamp,
    pub moved: Moved,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moved {
    /// Back in their queues; the first hundred.
    pub conversations: Vec<ConversationId>,
    pub conversations_count: usize,
    /// Open tasks that wait for somebody else to take them.
    #[serde(default)]
    pub tasks_count: usize,
    /// Living sessions that this workspace is closed to now.
    pub sessions: i64,
    pub api_keys: u64,
}

/// Deactivates a member: they keep their place and may not enter. `None` when they are deactivated already.
///
/// # Errors
/// No such member, or one who is out of the actor's reach.
pub async fn deactivate_member(
    tx: &mut Tx<MemberDeactivate>,
    party: &dyn ExitParty,
    id: MemberId,
) -> Result<Option<ExitReceipt>, Refusal> {
    let authority = Authority::take(tx).await?;
    let member = living(tx, id).await?;
    authority.must_reach(Permission::MemberDeactivate, &member)?;
    match member.status {
        MemberStatus::Deactivated => Ok(None),
        _ => exit(tx, party, id, ExitWay::Deactivated).await.map(Some),
    }
}

/// Lets a deactivated member in again, with the role, the sets and the keys they had. What they had in hand stays with
/// whoever has it now (INV-10).
///
/// # Errors
/// No such member, one who is out of the actor's reach, or no seat is left (INV-15).
pub async fn reactivate_member(tx: &mut Tx<MemberDeactivate>, id: MemberId) -> Result<Member, Refusal> {
    let authority = Authority::take(tx).await?;
    let resting = living(tx, id).await?;
    authority.must_reach(Permission::MemberDeactivate, &resting)?;
    if !resting.status.is_active() {
        let_in(tx, &resting, "member.reactivated").await?;
    }
    member(tx, id).await
}

/// Who rests is active again and has a seat.
pub(super) async fn let_in(work: &mut Work, resting: &Member, event: &'static str) -> Result<(), Refusal> {
    seat::take(work, resting.seat_type).await?;
    let back =
        sql!("update memberships set status = 'active', suspended_at = null where workspace_id = $1 and id = $2");
    let keys = sql!(
        "update api_keys set ended_at = null, ended_how = null
         where workspace_id = $1 and created_by = $2 and ended_how in ($3, $4)"
    );
    work.run(back, args![resting.id]).await?;
    let ways = [ExitWay::Deactivated, ExitWay::SuspendedOverLimit].map(ExitWay::name);
    work.run(keys, args![resting.id, ways[0], ways[1]]).await?;
    work.record(Event::new(event, Subject::new("member", resting.id)));
    Ok(team::drain_all_of(work, resting.id).await?)
}

/// Removes a member for good; they can be invited again, as somebody new.
///
/// # Errors
/// No such member, or one who is out of the actor's reach.
pub async fn remove_member(
    tx: &mut Tx<MemberRemove>,
    party: &dyn ExitParty,
    id: MemberId,
) -> Result<ExitReceipt, Refusal> {
    let authority = Authority::take(tx).await?;
    let member = living(tx, id).await?;
    authority.must_reach(Permission::MemberRemove, &member)?;
    exit(tx, party, id, ExitWay::Removed).await
}

/// Leaves the workspace, which stays as it is (MEM-013).
///
/// # Errors
/// The owner hands over or deletes first, and the last one who manages roles hands that over.
pub async fn leave(tx: &mut Tx<WorkspaceLeave>, party: &dyn ExitParty) -> Result<ExitReceipt, Refusal> {
    let authority = Authority::take(tx).await?;
    let me = authority.id();
    if authority.is_owner() {
        return Err(Refusal::OwnerCannotLeave);
    }
    if authority.is_sole_manager(me) {
        return Err(Refusal::Barred { bar: Bar::LastManager, permission: Permission::WorkspaceLeave });
    }
    exit(tx, party, me, ExitWay::Left).await
}

/// Ends a membership whose day has come, unless another day was set meanwhile. Safe to run twice.
///
/// # Errors
/// Nobody else could manage roles then: it is tried again, until somebody can or an operator sees it.
pub async fn end_membership(
    tx: &mut Tx<Housekeeping>,
    party: &dyn ExitParty,
    id: MemberId,
    ends_on: Timestamp,
) -> Result<(), Refusal> {
    tx.rights_change().await?;
    party.hold(tx, id).await?;
    match held(tx, id).await {
        Ok(member) if member.ends_on == Some(ends_on) && !member.is_owner => {
            if sole_manager(tx).await? == Some(id) {
                return Err(Refusal::Barred { bar: Bar::LastManager, permission: Permission::MemberRemove });
            }
            exit(tx, party, id, ExitWay::Expired).await.map(drop)
        }
        Ok(_) | Err(Refusal::Vault(Error::NotFound)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// Everything that follows when somebody goes.
pub(super) async fn exit(
    work: &mut Work,
    party: &dyn ExitParty,
    id: MemberId,
    how: ExitWay,
) -> Result<ExitReceipt, Refusal> {
    let (receipt, at): (ExitReceiptId, _) = (work.ids().next(), work.now());
    let sessions = living_sessions(work, id).await?;
    party.hold(work, id).await?;
    if how.status().is_ended() {
        team::hold_all_of(work, id).await?;
    }
    close_the_door(work, id, how).await?;
    let event = Event::new(how.event(), Subject::new("member", id));
    work.record(event.payload(json!({ "how": how.name(), "receipt": receipt })));
    if how.status().is_ended() {
        leave_the_plan(work, id).await?;
    }
    let Released { mut conversations, tasks } = party.depart(work, id).await?;
    let api_keys = end_keys(work, id, how).await?;
    cancel_open_of(work, id).await?;
    let conversations_count = conversations.len();
    conversations.truncate(MOST_LISTED);
    let moved = Moved { conversations, conversations_count, tasks_count: tasks.len(), sessions, api_keys };
    let written = serde_json::to_string(&moved).map_err(|error| Error::Corrupt(error.to_string()))?;
    let insert = sql!(
        "insert into exit_receipts (workspace_id, id, membership_id, how, at, moved) values ($1, $2, $3, $4, $5, $6)"
    );
    work.run(insert, args![receipt, id, how.name(), at, written]).await?;
    Ok(ExitReceipt { id: receipt, member: id, how, at, moved })
}

async fn close_the_door(work: &mut Work, id: MemberId, how: ExitWay) -> Result<(), Refusal> {
    let (status, now) = (how.status(), work.now());
    let before = living(work, id).await?;
    if before.status.is_active() {
        seat::give_back(work, before.seat_type).await?;
    }
    let ended = status.is_ended().then_some(now);
    let suspended = (status == MemberStatus::SuspendedOverLimit).then_some(now);
    let membership = sql!(
        "update memberships set status = $3, ended_at = $4, ended_how = $5, suspended_at = $6
         where workspace_id = $1 and id = $2"
    );
    work.run(membership, args![id, status.name(), ended, ended.map(|_| how.name()), suspended]).await?;
    if status.is_ended() {
        let sets = sql!("delete from membership_permission_sets where workspace_id = $1 and membership_id = $2");
        work.run(sets, args![id]).await?;
    }
    Ok(())
}

/// Who has gone for good is in no team, on no shift, and neither here nor away.
async fn leave_the_plan(work: &mut Work, id: MemberId) -> Result<(), Error> {
    team::leave_all(work, id).await?;
    shift::end_all(work, id).await?;
    availability::forget(work, id).await
}

async fn living_sessions(work: &mut Work, id: MemberId) -> Result<i64, Error> {
    let sql = sql!(
        "select count(*) from sessions s join memberships m on m.account_id = s.account_id
         where m.workspace_id = $1 and m.id = $2 and s.verified_at >= m.sessions_from and s.ended_at is null
            and s.expires_at > $3 and s.last_seen_at >= $4"
    );
    let now = work.now();
    let used_since = Timestamp::from_millis(now.millis() - SESSION_IDLE_MILLIS);
    work.first(sql, args![id, now, used_since]).await?.ok_or(Error::NotFound)?.take(0)
}

async fn end_keys(work: &mut Work, id: MemberId, how: ExitWay) -> Result<u64, Error> {
    let sql = sql!(
        "update api_keys set ended_at = $3, ended_how = $4
         where workspace_id = $1 and created_by = $2 and ended_at is null"
    );
    let now = work.now();
    work.run(sql, args![id, now, how.name()]).await
}

/// What a member's exits ended and moved, newest first.
///
/// # Errors
/// There never was such a member, the cursor is not of this list, or the database cannot answer.
pub async fn exit_receipts(
    session: &mut Session,
    id: MemberId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<ExitReceipt>, Refusal> {
    let _known = member(session, id).await?;
    let list = format!("exit_receipts/{}/{id}", session.workspace());
    let mut query = Composed::new(
        sql!(
            "select r.id, r.membership_id, r.how, r.at, r.moved from exit_receipts r
             where r.workspace_id = $1 and r.membership_id = $2"
        ),
        args![id],
    );
    if let Some(cursor) = cursor {
        let (at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (r.at, r.id) < (?, ?)"), args![at, id]);
    }
    query.push(part!("order by r.at desc, r.id desc limit ?"), args![limit.get() + 1]);
    let receipts = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(receipts, limit, |receipt| (receipt.at.millis(), receipt.id.into()), &list))
}

fn read(mut row: Row) -> Result<ExitReceipt, Error> {
    let moved: String = row.take(4)?;
    Ok(ExitReceipt {
        id: row.take(0)?,
        member: row.take(1)?,
        how: ExitWay::read(&row.take::<String>(2)?)?,
        at: row.take(3)?,
        moved: serde_json::from_str(&moved).map_err(|error| Error::Corrupt(error.to_string()))?,
    })
}
