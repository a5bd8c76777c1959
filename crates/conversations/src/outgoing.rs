//! A message on its way to the customer, whoever wrote it.

use billing::usage::{self, FlowMeter};
use kernel::{LongText, Timestamp};
use serde_json::json;
use tenancy::{Actor, Error, Event, Job, Subject, Work, args, sql};

use crate::{
    AttachmentRef, Author, AuthorKind, Direction, Message, Refusal,
    assignment::settle_contact,
    conversation::Held,
    counters::{self, Place},
    hold::SEND_JOB,
    message::NewMessage,
    preview::preview,
    receive,
};

pub(crate) struct Outgoing<'a> {
    pub(crate) author: Author,
    pub(crate) text: &'a LongText,
    pub(crate) attachments: &'a [AttachmentRef],
    pub(crate) client_id: Option<&'a str>,
    /// It can be taken back until this moment; without one it goes out at once.
    pub(crate) send_at: Option<Timestamp>,
}

impl Outgoing<'_> {
    /// Writes the message under the next number. It answers the customer, who waits no longer, and opens what was
    /// snoozed or solved; a word of the house itself does neither. What is held counts as an answer to colleagues from
    /// now on (ruling 23) and reaches the customer when its moment has come.
    ///
    /// # Errors
    /// There is nothing to send, the plan has no more messages, or the database refuses.
    pub(crate) async fn send(self, work: &mut Work, held: &Held) -> Result<Message, Refusal> {
        if self.text.trim().is_empty() && self.attachments.is_empty() {
            return Err(Refusal::EmptyMessage);
        }
        let seq = held.last_seq + 1;
        match self.author.kind {
            AuthorKind::System => count(work, held, seq).await?,
            AuthorKind::Customer | AuthorKind::Member | AuthorKind::Ai => {
                let first = self.attachments.first().map(|file| file.name.as_str());
                answer(work, held, seq, &preview(self.text, first), self.author.kind).await?;
            }
        }
        let new = NewMessage {
            conversation: held.id,
            seq,
            direction: Direction::Outbound,
            author: self.author,
            text: self.text,
            attachments: self.attachments,
            client_id: self.client_id,
            send_at: self.send_at,
        };
        let message = new.write(work).await?;
        record(work, held, &message);
        match message.send_at {
            None => receive::index(work, held.customer, &message).await?,
            Some(at) => {
                let payload = json!({ "conversation_id": held.id, "seq": seq });
                work.enqueue(Job::new(SEND_JOB, format!("{}/{seq}", held.id), payload).at(at));
            }
        }
        usage::count(work, FlowMeter::Messages, is_refusable(work.actor(), message.author.kind)).await?;
        Ok(message)
    }
}

/// Whether a plan that has no more messages may refuse it: not what was accepted before (ruling 27), nor a word of the
/// house itself.
fn is_refusable(actor: &Actor, author: AuthorKind) -> bool {
    author != AuthorKind::System && !matches!(actor, Actor::Duty(_))
}

async fn count(work: &mut Work, held: &Held, seq: i64) -> Result<(), Error> {
    let text =
        sql!("update conversations set last_seq = $3, version = version + 1 where workspace_id = $1 and id = $2");
    work.run(text, args![held.id, seq]).await.map(drop)
}

async fn answer(work: &mut Work, held: &Held, seq: i64, preview: &str, author: AuthorKind) -> Result<(), Error> {
    let text = sql!(
        "update conversations set status = $3, snoozed_until = null, last_seq = $4, last_outbound_seq = $4,
            preview_text = $5, preview_author = $6, preview_at = $7, last_activity_at = $7, waiting_since = null,
            version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (after, now) = (held.status.after_message(), work.now());
    work.run(text, args![held.id, after.name(), seq, preview, author.name(), now]).await?;
    counters::moved(work, Some(held.place()), Some(Place { status: after, ..held.place() }));
    if after != held.status {
        settle_contact(work, held.customer, held.assignee).await?;
    }
    Ok(())
}

fn record(work: &mut Work, held: &Held, message: &Message) {
    let sight = Some(held.sight());
    let mut happened = |kind, payload| {
        let event = Event::new(kind, Subject::new("conversation", held.id));
        work.record(event.sight(sight, sight).payload(payload));
    };
    let (id, after) = (held.id, held.status.after_message());
    let payload = json!({ "conversation_id": id, "seq": message.seq, "message_id": message.id });
    match message.send_at {
        Some(_) => happened("message.held", payload),
        None => happened("message.sent", payload),
    }
    if after != held.status && message.author.kind != AuthorKind::System {
        let (from, to) = (held.status.name(), after.name());
        happened(
            "conversation.status_changed",
            json!({ "conversation_id": id, "from": from, "to": to, "cause": "reply" }),
        );
    }
}
