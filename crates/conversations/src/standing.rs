//! Where a conversation stands and whose it is, as far as members move it: what undo compares and brings back.

use std::collections::BTreeSet;

use customers::label::{Labelled, label_ids, link, unlink};
use kernel::{ConversationId, LabelId, MemberId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Error, Event, Job, Permission, Reach, RightId, Session, SightPoint, Subject, Work, args, sql};

use crate::{
    Refusal, Status, ToolRefusal, Visibility, WAKE_JOB,
    assignment::must_be_eligible,
    conversation::{Held, is_own, named},
    counters::{self, Place},
    customer_merge::in_hand,
    mode, routing,
    undo::{Contact, Moved},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(crate) status: Status,
    pub(crate) snoozed_until: Option<Timestamp>,
    pub(crate) waiting_since: Option<Timestamp>,
    pub(crate) assignee: Option<MemberId>,
    pub(crate) team: Option<TeamId>,
    /// Since when it waits in its queue, and for whom.
    pub(crate) queued_at: Option<Timestamp>,
    pub(crate) queued_for: Option<MemberId>,
    pub(crate) labels: BTreeSet<LabelId>,
}

impl Standing {
    pub(crate) async fn read(session: &mut Session, id: ConversationId) -> Result<Self, Error> {
        let text = sql!(
            "select status, snoozed_until, waiting_since, assignee_id, team_id, label_ids, queued_at, queued_for
             from conversations
             where workspace_id = $1 and id = $2"
        );
        let mut row = session.first(text, args![id]).await?.ok_or(Error::NotFound)?;
        Ok(Self {
            status: named(&mut row, 0, Status::parse)?,
            snoozed_until: row.take(1)?,
            waiting_since: row.take(2)?,
            assignee: row.take(3)?,
            team: row.take(4)?,
            labels: label_ids(&row.take::<String>(5)?)?.into_iter().collect(),
            queued_at: row.take(6)?,
            queued_for: row.take(7)?,
        })
    }

    fn place(&self) -> Place {
        Place { status: self.status, assignee: self.assignee, team: self.team }
    }

    /// What stood differently before stands as before; what did not, as it is now. `None` when something that was
    /// changed then has changed again.
    fn back(now: &Self, before: &Self, after: &Self) -> Option<Self> {
        Some(Self {
            status: one_back(now.status, before.status, after.status)?,
            snoozed_until: one_back(now.snoozed_until, before.snoozed_until, after.snoozed_until)?,
            waiting_since: one_back(now.waiting_since, before.waiting_since, after.waiting_since)?,
            assignee: one_back(now.assignee, before.assignee, after.assignee)?,
            team: one_back(now.team, before.team, after.team)?,
            queued_at: one_back(now.queued_at, before.queued_at, after.queued_at)?,
            queued_for: one_back(now.queued_for, before.queued_for, after.queued_for)?,
            labels: labels_back(&now.labels, &before.labels, &after.labels)?,
        })
    }
}

fn one_back<T: PartialEq>(now: T, before: T, after: T) -> Option<T> {
    if before == after { Some(now) } else { (now == after).then_some(before) }
}

/// Other labels that came or went since stay as they are.
fn labels_back(
    now: &BTreeSet<LabelId>,
    before: &BTreeSet<LabelId>,
    after: &BTreeSet<LabelId>,
) -> Option<BTreeSet<LabelId>> {
    let (put, taken): (BTreeSet<_>, BTreeSet<_>) = (after - before, before - after);
    (put.is_subset(now) && taken.is_disjoint(now)).then(|| &(now - &put) | &taken)
}

/// Brings a conversation back to where it stood. Who does it must have been able to see it there and to do what they
/// did; whoever it goes back to must still be able to have it.
pub(crate) async fn go_back(
    work: &mut Work,
    held: &Held,
    permission: Permission,
    moved: &Moved,
) -> Result<(), Refusal> {
    let now = Standing::read(work, held.id).await?;
    let back = Standing::back(&now, &moved.before, &moved.after).ok_or(ToolRefusal::Overtaken)?;
    let (from, viewer) = (held.sight(), work.viewer());
    let to = SightPoint { assignee: back.assignee, team: back.team, ..from };
    if !Visibility::of(work).sees(&to) {
        return Err(Error::NotFound.into());
    }
    let own = is_own(viewer.relation(permission), &to, held.steward, &viewer);
    if viewer.reach(permission) == Reach::Own && !own {
        return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
    }
    // A moment that has passed wakes nobody.
    if back.snoozed_until.is_some_and(|until| until <= work.now()) {
        return Err(ToolRefusal::Overtaken.into());
    }
    if let Some(member) = back.assignee.filter(|member| now.assignee != Some(*member)) {
        must_be_eligible(work, member).await.map_err(overtaken)?;
    }
    // Nobody would find it in the queue of a team that has ended (INV-28).
    if let Some(team) = back.team.filter(|team| now.team != Some(*team))
        && !routing::hold_team(work, team).await?
    {
        return Err(ToolRefusal::Overtaken.into());
    }
    write(work, held, &now, &back).await?;
    label_again(work, held, &now, &back).await?;
    give_contacts_back(work, held, moved).await?;
    record(work, held, (from, to), &now, &back);
    Ok(())
}

/// Somebody who went or may be given nothing any more is no fault of who takes back.
fn overtaken(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::NotEligible | Refusal::Vault(Error::NotFound) => ToolRefusal::Overtaken.into(),
        refusal => refusal,
    }
}

async fn write(work: &mut Work, held: &Held, now: &Standing, back: &Standing) -> Result<(), Refusal> {
    if back.status.is_living() && !now.status.is_living() && another_lives(work, held).await? {
        return Err(ToolRefusal::Overtaken.into());
    }
    let text = sql!(
        "update conversations set status = $3, snoozed_until = $4, waiting_since = $5, assignee_id = $6, team_id = $7,
            queued_at = $8, queued_for = $9, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let values = args![
        held.id,
        back.status.name(),
        back.snoozed_until,
        back.waiting_since,
        back.assignee,
        back.team,
        back.queued_at,
        back.queued_for
    ];
    match work.run(text, values).await {
        // The customer went on elsewhere at this very moment.
        Err(Error::Conflict(_)) => return Err(ToolRefusal::Overtaken.into()),
        written => written?,
    };
    counters::moved(work, Some(now.place()), Some(back.place()));
    if back.status == Status::Open && now.status != Status::Open {
        mode::opened(work, held).await?;
    }
    if now.status == Status::Open && (back.status, back.assignee) != (now.status, now.assignee) {
        routing::freed(work, now.assignee).await?;
    }
    if let Some(until) = back.snoozed_until.filter(|_| back.status == Status::Snoozed) {
        let payload = json!({ "conversation_id": held.id, "until": until });
        work.enqueue(Job::new(WAKE_JOB, format!("{}/{}", held.id, until.millis()), payload).at(until));
    }
    Ok(())
}

async fn label_again(work: &mut Work, held: &Held, now: &Standing, back: &Standing) -> Result<(), Refusal> {
    let on = Labelled::Conversation(held.id);
    let mut changed = Vec::new();
    for label in &now.labels - &back.labels {
        unlink(work, on, label).await?;
        changed.push(("label.removed", label));
    }
    for label in &back.labels - &now.labels {
        link(work, on, label).await?;
        changed.push(("label.applied", label));
    }
    let sight = Some(held.sight());
    for (kind, label) in changed {
        let payload = json!({ "conversation_id": held.id, "label_id": label, "cause": "undo" });
        work.record(Event::new(kind, Subject::new("conversation", held.id)).sight(sight, sight).payload(payload));
    }
    Ok(())
}

/// Whether the customer goes on in another conversation of the channel by now.
async fn another_lives(work: &mut Work, held: &Held) -> Result<bool, Error> {
    let text = sql!(
        "select 1 from conversations
         where workspace_id = $1 and customer_id = $2 and channel_id = $3 and id <> $4
            and status in ('open', 'snoozed', 'solved')"
    );
    Ok(work.first(text, args![held.customer, held.channel, held.id]).await?.is_some())
}

/// Whose contact the customer was, it is again, unless other conversations say otherwise by now.
async fn give_contacts_back(work: &mut Work, held: &Held, moved: &Moved) -> Result<(), Error> {
    for (member, before) in &moved.contacts {
        if in_hand(work, held.customer, *member).await? {
            customers::assigned(work, held.customer, *member).await?;
            continue;
        }
        match before {
            Some(Contact { until: None }) => customers::released(work, held.customer, *member).await?,
            Some(Contact { until }) => customers::contact_again(work, held.customer, *member, *until).await?,
            None => customers::contact_again(work, held.customer, *member, None).await?,
        }
    }
    Ok(())
}

fn record(work: &mut Work, held: &Held, (from, to): (SightPoint, SightPoint), now: &Standing, back: &Standing) {
    let id = held.id;
    let mut happened = |kind, payload| {
        let event = Event::new(kind, Subject::new("conversation", id));
        work.record(event.sight(Some(from), Some(to)).payload(payload));
    };
    if (now.assignee, now.team) != (back.assignee, back.team) {
        let kind = if back.assignee.is_some() { "conversation.assigned" } else { "conversation.unassigned" };
        let payload = json!({
            "conversation_id": id, "from": now.assignee, "to": back.assignee, "team": back.team, "cause": "undo",
        });
        happened(kind, payload);
    }
    if back.status == Status::Snoozed && now.snoozed_until != back.snoozed_until {
        let payload =
            json!({ "conversation_id": id, "from": now.status.name(), "until": back.snoozed_until, "cause": "undo" });
        happened("conversation.snoozed", payload);
    } else if now.status != back.status {
        let (from, to) = (now.status.name(), back.status.name());
        happened(
            "conversation.status_changed",
            json!({ "conversation_id": id, "from": from, "to": to, "cause": "undo" }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(status: Status, waiting: Option<i64>) -> Standing {
        let waiting_since = waiting.map(Timestamp::from_millis);
        let labels = BTreeSet::new();
        Standing {
            status,
            snoozed_until: None,
            waiting_since,
            assignee: None,
            team: None,
            queued_at: None,
            queued_for: None,
            labels,
        }
    }

    #[test]
    fn what_went_on_since_is_left_alone_and_what_was_changed_again_is_not_taken_back() {
        let (before, after) = (at(Status::Open, Some(1)), at(Status::Solved, None));
        assert_eq!(Standing::back(&after, &before, &after), Some(before.clone()));
        let elsewhere = Standing { team: Some(TeamId(uuid::Uuid::from_u128(1))), ..after.clone() };
        let back = Standing { team: elsewhere.team, ..before.clone() };
        assert_eq!(Standing::back(&elsewhere, &before, &after), Some(back));
        assert_eq!(Standing::back(&at(Status::Archived, None), &before, &after), None);
    }

    #[test]
    fn labels_go_back_one_by_one() {
        let labels = |ids: &[u128]| ids.iter().map(|id| LabelId(uuid::Uuid::from_u128(*id))).collect::<BTreeSet<_>>();
        let (before, after) = (labels(&[1, 2]), labels(&[2, 3]));
        assert_eq!(labels_back(&after, &before, &after), Some(before.clone()));
        assert_eq!(labels_back(&labels(&[2, 3, 4]), &before, &after), Some(labels(&[1, 2, 4])));
        for overtaken in [labels(&[2]), labels(&[1, 2, 3])] {
            assert_eq!(labels_back(&overtaken, &before, &after), None);
        }
    }
}
