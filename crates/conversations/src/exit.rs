//! What becomes of a member's conversations when the member goes or may be given none any more: back to their queues.

use std::collections::BTreeSet;

use async_trait::async_trait;
use directory::{ExitParty, Released};
use kernel::{ConversationId, CustomerId, MemberId, TeamId};
use serde_json::json;
use tenancy::{Error, Event, Row, SightPoint, Subject, Work, args, sql};

use crate::{
    Status,
    conversation::named,
    counters::{self, Place},
    handover, task,
};

/// Puts every conversation of a member who goes back into its queue (INV-09).
pub struct Requeue;

#[async_trait]
impl ExitParty for Requeue {
    async fn hold(&self, work: &mut Work, member: MemberId) -> Result<(), Error> {
        let text = sql!(
            "update conversations set version = version
             where workspace_id = $1 and (assignee_id = $2 or mode_holder_id = $2) returning id"
        );
        work.all(text, args![member]).await.map(drop)
    }

    async fn release(&self, work: &mut Work, member: MemberId) -> Result<Released, Error> {
        let mut taken = take(work, member).await?;
        taken.sort_by_key(|one| one.id);
        counters::moved_all(
            work,
            taken.iter().map(|one| {
                let after = Place { status: one.status, assignee: None, team: one.team };
                (Some(Place { assignee: Some(member), ..after }), Some(after))
            }),
        );
        customers::released_all(work, member).await?;
        for one in &taken {
            handover::end_unanswered(work, one.id).await?;
            let after = SightPoint { assignee: None, team: one.team, customer: one.customer };
            let before = SightPoint { assignee: Some(member), ..after };
            let payload = json!({ "conversation_id": one.id, "from": member, "to": null, "cause": "exit" });
            let event = Event::new("conversation.unassigned", Subject::new("conversation", one.id));
            work.record(event.sight(Some(before), Some(after)).payload(payload));
        }
        // Who goes holds their own row, and a choice holds its team's first: the teams choose again afterwards.
        let queues: BTreeSet<_> = taken.iter().filter(|one| one.status == Status::Open).map(|one| one.team).collect();
        for team in queues.into_iter().flatten() {
            directory::drain(work, Some(team));
        }
        Ok(Released { conversations: taken.into_iter().map(|one| one.id).collect(), tasks: Vec::new() })
    }

    async fn depart(&self, work: &mut Work, member: MemberId) -> Result<Released, Error> {
        let released = self.release(work, member).await?;
        let_go(work, member).await?;
        Ok(Released { tasks: task::let_go(work, member).await?, ..released })
    }
}

struct Taken {
    id: ConversationId,
    customer: CustomerId,
    status: Status,
    team: Option<TeamId>,
}

/// What they took over or answered last is held by nobody: neither a lock nor the end of the business hours waits for
/// who does not come back.
async fn let_go(work: &mut Work, member: MemberId) -> Result<(), Error> {
    let text = sql!(
        "update conversations set mode_holder_id = null, version = version + 1
         where workspace_id = $1 and mode_holder_id = $2"
    );
    work.run(text, args![member]).await.map(drop)
}

/// Settled ones too: a customer who writes again must not find somebody who left.
async fn take(work: &mut Work, member: MemberId) -> Result<Vec<Taken>, Error> {
    let text = sql!(
        "update conversations set assignee_id = null, queued_at = $3, version = version + 1
         where workspace_id = $1 and assignee_id = $2
         returning id, customer_id, status, team_id"
    );
    let now = work.now();
    let read = |mut row: Row| {
        let status = named(&mut row, 2, Status::parse)?;
        Ok(Taken { id: row.take(0)?, customer: row.take(1)?, status, team: row.take(3)? })
    };
    work.all(text, args![member, now]).await?.into_iter().map(read).collect()
}
