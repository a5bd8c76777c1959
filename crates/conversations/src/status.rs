//! Where a conversation stands.

use kernel::ConversationId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{ConversationSetStatus, Error, Event, Subject, Tx, Work, args, sql};
use utoipa::ToSchema;

use crate::{
    Conversation, Refusal,
    assignment::settle_contact,
    conversation::{Held, hold, must_be_own, reread},
    counters::{self, Place},
    mode, routing,
    undo::Before,
};

/// Where a conversation stands (ruling 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConversationStatus)]
pub enum Status {
    Open,
    Snoozed,
    Solved,
    Spam,
    Archived,
}

impl Status {
    const ALL: [Self; 5] = [Self::Open, Self::Snoozed, Self::Solved, Self::Spam, Self::Archived];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Snoozed => "snoozed",
            Self::Solved => "solved",
            Self::Spam => "spam",
            Self::Archived => "archived",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// What the customer goes on in when writing again; of these there is one per customer and channel.
    pub const fn is_living(self) -> bool {
        matches!(self, Self::Open | Self::Snoozed | Self::Solved)
    }

    /// Somebody still has it in hand.
    pub const fn is_in_hand(self) -> bool {
        matches!(self, Self::Open | Self::Snoozed)
    }

    /// As its customer sees it, open or solved: how the house sorts it is the house's business.
    #[must_use]
    pub const fn outward(self) -> Self {
        match self {
            Self::Solved | Self::Archived => Self::Solved,
            Self::Open | Self::Snoozed | Self::Spam => Self::Open,
        }
    }

    /// What a new message makes of it: the living open again, spam stays where it is.
    pub const fn after_message(self) -> Self {
        if self.is_living() { Self::Open } else { self }
    }
}

/// Opens, solves, archives a conversation or puts it to the spam. Snoozing has a time and its own operation.
///
/// # Errors
/// Out of sight, not one's own, or reopening beside a living conversation of the same customer.
pub async fn set_status(
    tx: &mut Tx<ConversationSetStatus>,
    id: ConversationId,
    status: Status,
) -> Result<Conversation, Refusal> {
    if status == Status::Snoozed {
        return Err(Refusal::SnoozeNeedsTime);
    }
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if held.status != status {
        let before = Before::of(tx, &held).await?;
        change(tx, &held, status, None).await?;
        let payload = json!({ "conversation_id": id, "from": held.status.name(), "to": status.name() });
        record(tx, "conversation.status_changed", &held, payload);
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// Writes the status and everything that follows from it. Whoever waits for an answer waits no longer once it is
/// settled.
pub(crate) async fn change(
    work: &mut Work,
    held: &Held,
    status: Status,
    snoozed_until: Option<kernel::Timestamp>,
) -> Result<(), Refusal> {
    let text = sql!(
        "update conversations set status = $3, snoozed_until = $4, version = version + 1,
            waiting_since = case when $5 = 1 then waiting_since else null end, queued_at = coalesce($6, queued_at)
         where workspace_id = $1 and id = $2"
    );
    let waits_again = status == Status::Open && held.assignee.is_none();
    let queued_at = waits_again.then(|| work.now());
    let written = work.run(text, args![held.id, status.name(), snoozed_until, status.is_in_hand(), queued_at]).await;
    match written {
        Err(Error::Conflict(_)) => return Err(Refusal::AnotherLives),
        written => written?,
    };
    counters::moved(work, Some(held.place()), Some(Place { status, ..held.place() }));
    if status == Status::Open {
        mode::opened(work, held).await?;
    }
    if waits_again && held.team.is_some() {
        directory::drain(work, held.team);
    } else if held.status == Status::Open {
        routing::freed(work, held.assignee).await?;
    }
    Ok(settle_contact(work, held.customer, held.assignee).await?)
}

/// Records what happened to a conversation whose visibility stayed as it was.
pub(crate) fn record(work: &mut Work, kind: &'static str, held: &Held, payload: serde_json::Value) {
    let sight = held.sight();
    let event = Event::new(kind, Subject::new("conversation", held.id));
    work.record(event.sight(Some(sight), Some(sight)).payload(payload));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_opens_what_lives_and_leaves_spam_alone() {
        let after: Vec<_> = Status::ALL.into_iter().map(Status::after_message).collect();
        assert_eq!(after, [Status::Open, Status::Open, Status::Open, Status::Spam, Status::Archived]);
    }

    #[test]
    fn every_status_has_one_name() {
        assert!(Status::ALL.into_iter().all(|status| Status::parse(status.name()) == Some(status)));
        assert_eq!(Status::parse("done"), None);
    }
}
