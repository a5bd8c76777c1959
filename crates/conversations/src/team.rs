//! What routing teams have in hand and in their queues, and what becomes of it when one ends.

use std::collections::{BTreeMap, HashMap};

use kernel::{ConversationId, CustomerId, MemberId, TeamId};
use serde_json::json;
use tenancy::{Event, Permission, Reach, Row, Session, SightPoint, Subject, TeamManage, Tx, Work, args, sql};

use crate::{
    Refusal, Status,
    conversation::named,
    counters::{self, Place},
};

/// What members hold and what waits for teams, as the session's actor may know it.
#[derive(Debug, Clone, Default)]
pub struct TeamLoads {
    /// Everybody's is known to who sees every conversation; to others their own.
    known: Option<MemberId>,
    open: HashMap<MemberId, i64>,
    /// Open and unassigned, by team.
    pub waiting: BTreeMap<TeamId, i64>,
}

impl TeamLoads {
    /// So many open conversations a member has in hand; `None` is not the actor's to know.
    pub fn of(&self, member: MemberId) -> Option<i64> {
        self.known.is_none_or(|me| me == member).then(|| self.open.get(&member).copied().unwrap_or(0))
    }
}

/// # Errors
/// The database cannot answer.
pub async fn team_loads(session: &mut Session) -> Result<TeamLoads, Refusal> {
    let viewer = session.viewer();
    let sees_all = viewer.reach(Permission::ConversationView) == Reach::Any;
    let known = viewer.member.filter(|_| !sees_all);
    let waiting = counters::counters(session).await?.views.teams;
    let sql =
        sql!("select assignee_key, n from conversation_counts where workspace_id = $1 and status = 'open' and n <> 0");
    let mut open: HashMap<_, i64> = HashMap::new();
    for mut row in session.all(sql, &[]).await? {
        *open.entry(row.take(0)?).or_default() += row.take::<i64>(1)?;
    }
    Ok(TeamLoads { known, open, waiting })
}

/// Ends a team. Its members leave it, and its queue goes to the general one (INV-28).
///
/// # Errors
/// No such team.
pub async fn close_team(tx: &mut Tx<TeamManage>, id: TeamId) -> Result<(), directory::Refusal> {
    // As whoever ends a membership does, and whoever gives work out: the conversations first, then the team.
    tx.rights_change().await?;
    let queue =
        sql!("update conversations set version = version where workspace_id = $1 and team_id = $2 returning id");
    tx.all(queue, args![id]).await?;
    directory::end_team(tx, id).await?;
    let mut freed = free(tx, id).await?;
    freed.sort_by_key(|one| one.id);
    counters::moved_all(
        tx,
        freed.iter().map(|one| {
            let before = Place { status: one.status, assignee: one.sight.assignee, team: Some(id) };
            (Some(before), Some(Place { team: None, ..before }))
        }),
    );
    for one in &freed {
        let payload = json!({ "conversation_id": one.id, "from": id, "to": null, "cause": "team_deleted" });
        let event = Event::new("conversation.requeued", Subject::new("conversation", one.id));
        let before = SightPoint { team: Some(id), ..one.sight };
        tx.record(event.sight(Some(before), Some(one.sight)).payload(payload));
    }
    Ok(())
}

struct Freed {
    id: ConversationId,
    status: Status,
    sight: SightPoint,
}

/// Settled ones too: a customer who writes again must not wait for a team that is no more.
async fn free(work: &mut Work, team: TeamId) -> Result<Vec<Freed>, tenancy::Error> {
    let text = sql!(
        "update conversations set team_id = null, version = version + 1 where workspace_id = $1 and team_id = $2
         returning id, customer_id, status, assignee_id"
    );
    let read = |mut row: Row| {
        let (id, customer): (ConversationId, CustomerId) = (row.take(0)?, row.take(1)?);
        let status = named(&mut row, 2, Status::parse)?;
        Ok(Freed { id, status, sight: SightPoint { assignee: row.take(3)?, team: None, customer } })
    };
    work.all(text, args![team]).await?.into_iter().map(read).collect()
}
