//! What comes in: the path every customer's message takes, whatever channel it came through.

use kernel::{AttachmentId, BusinessId, ChannelId, ConversationId, CustomerId, LongText, MemberId, TeamId, Timestamp};
use serde_json::json;
use tenancy::{Actor, Error, Event, Found, InboundReceive, Row, SearchEntry, SightPoint, Subject, Tx, Work, args, sql};

use crate::{
    Author, AuthorKind, Direction, Message, Mode, Refusal, Status, agent,
    ai_draft::Turn,
    assignment::settle_contact,
    attachment,
    conversation::{Held, hold_unseen, named},
    counters::{self, Place},
    message,
    message::NewMessage,
    mode::{self, Cause, Change},
    preview::preview,
    routing,
};

/// A message as a channel delivers it.
#[derive(Debug, Clone)]
pub struct Inbound {
    pub channel: ChannelId,
    pub customer: CustomerId,
    /// The id its sender's side gave it; delivered twice, it is received once.
    pub external_id: String,
    pub text: LongText,
    pub attachments: Vec<AttachmentId>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Received {
    pub message: Message,
    /// The message had arrived before; this is the first answer again.
    pub repeated: bool,
}

/// Takes a message in: into the customer's living conversation of this channel, into its spam, or into a new one.
/// The customer's row is held from the start, so parallel deliveries of one customer follow one another.
///
/// # Errors
/// An attachment is not the sender's, or the database refuses.
pub async fn receive(tx: &mut Tx<InboundReceive>, inbound: Inbound) -> Result<Received, Refusal> {
    let receipt = receipt_key(tx.actor(), &inbound.external_id);
    let sender = hold_sender(tx, inbound.customer).await?;
    if let Some((conversation, seq)) = earlier(tx, inbound.channel, &receipt).await? {
        let message = message(tx, conversation, seq).await?.ok_or(Error::NotFound)?;
        return Ok(Received { message, repeated: true });
    }
    let mut landing = land(tx, &inbound, &sender).await?;
    let attachments = attachment::link(tx, &inbound.attachments, landing.conversation).await?;
    if inbound.text.trim().is_empty() && attachments.is_empty() {
        return Err(Refusal::EmptyMessage);
    }
    let new = NewMessage {
        conversation: landing.conversation,
        seq: landing.seq,
        direction: Direction::Inbound,
        author: Author {
            kind: AuthorKind::Customer,
            id: Some(inbound.customer.into()),
            name: sender.name,
            former: false,
        },
        text: &inbound.text,
        attachments: &attachments,
        client_id: Some(&inbound.external_id),
        send_at: None,
    };
    let message = new.write(tx).await?;
    remember(tx, inbound.channel, &receipt, &message).await?;
    index(tx, inbound.customer, &message).await?;
    let routed = match landing.before {
        None => routing::arrived(tx, landing.conversation).await?,
        Some(_) => None,
    };
    if let Some(routed) = &routed {
        landing.sight = routed.after.sight();
    }
    record(tx, &landing, &message);
    if let Some(routed) = routed {
        routed.record(tx, true).await?;
    }
    let comes_back = landing.comes_back();
    match landing.answers {
        Answers::People => {}
        Answers::Ai(turn) => {
            let job = turn.ask(tx.now());
            tx.enqueue(job);
        }
        Answers::AiAgain(settled) => mode::enter(tx, &settled, Change::to_ai(Cause::Reopened)).await?,
    }
    if comes_back {
        routing::reopened(tx, message.conversation_id).await?;
    }
    Ok(Received { message, repeated: false })
}

/// Ids that visitors' browsers make are taken per visitor: one cannot collide with, or guess, another's.
fn receipt_key(actor: &Actor, external_id: &str) -> String {
    match actor {
        Actor::Visitor { visitor, .. } => format!("{visitor}/{external_id}"),
        _ => external_id.to_owned(),
    }
}

struct Sender {
    name: String,
    business: BusinessId,
}

async fn hold_sender(work: &mut Work, customer: CustomerId) -> Result<Sender, Error> {
    let text = sql!(
        "update customers set last_seen_at = $3 where workspace_id = $1 and id = $2 returning display_name, business_id"
    );
    let now = work.now();
    let mut row = work.first(text, args![customer, now]).await?.ok_or(Error::NotFound)?;
    Ok(Sender { name: row.take(0)?, business: row.take(1)? })
}

async fn earlier(work: &mut Work, channel: ChannelId, receipt: &str) -> Result<Option<(ConversationId, i64)>, Error> {
    let text = sql!(
        "select m.conversation_id, m.seq from inbound_receipts r
         join messages m on m.workspace_id = r.workspace_id and m.id = r.message_id
         where r.workspace_id = $1 and r.channel_id = $2 and r.external_id = $3"
    );
    let row = work.first(text, args![channel, receipt]).await?;
    row.map(|mut row| Ok((row.take(0)?, row.take(1)?))).transpose()
}

/// Where the message goes, and what that does to the conversation.
struct Landing {
    conversation: ConversationId,
    seq: i64,
    /// `None` for a new conversation.
    before: Option<Status>,
    after: Status,
    sight: SightPoint,
    answers: Answers,
}

impl Landing {
    fn comes_back(&self) -> bool {
        self.after == Status::Open && self.before.is_some_and(|before| before != Status::Open)
    }
}

/// Who answers what came in.
enum Answers {
    People,
    Ai(Turn),
    /// The AI, which gets back what was settled.
    AiAgain(Box<Held>),
}

impl Answers {
    fn in_mode(mode: Mode, turn: Turn) -> Self {
        if mode == Mode::Ai { Self::Ai(turn) } else { Self::People }
    }
}

async fn land(work: &mut Work, inbound: &Inbound, sender: &Sender) -> Result<Landing, Refusal> {
    let preview = preview(&inbound.text, inbound.attachments.first().map(|_| "📎"));
    if let Some(landing) = go_on(work, inbound, &preview).await? {
        return Ok(landing);
    }
    match existing(work, inbound).await? {
        Some(id) => reopen(work, id, &preview).await,
        None => start(work, inbound, sender, &preview).await,
    }
}

/// Nearly every message: the conversation is open, and one statement takes the number and does the rest.
async fn go_on(work: &mut Work, inbound: &Inbound, preview: &str) -> Result<Option<Landing>, Error> {
    let text = sql!(
        "update conversations set last_seq = last_seq + 1, last_inbound_seq = last_seq + 1, preview_text = $4,
            preview_author = 'customer', preview_at = $5, waiting_since = coalesce(waiting_since, $5),
            last_activity_at = $5, version = version + 1
         where workspace_id = $1 and customer_id = $2 and channel_id = $3
            and status in ('open', 'snoozed', 'solved') and status = 'open'
         returning id, last_seq, assignee_id, team_id, mode, mode_epoch"
    );
    let now = work.now();
    let row = work.first(text, args![inbound.customer, inbound.channel, preview, now]).await?;
    let read = |mut row: Row| {
        let (conversation, seq) = (row.take(0)?, row.take(1)?);
        let (assignee, team): (Option<MemberId>, Option<TeamId>) = (row.take(2)?, row.take(3)?);
        let sight = SightPoint { assignee, team, customer: inbound.customer };
        let answers = answers(&mut row, 4, conversation, seq)?;
        Ok(Landing { conversation, seq, before: Some(Status::Open), after: Status::Open, sight, answers })
    };
    row.map(read).transpose()
}

/// The conversation to go on in when none is open: a living one, else the newest in the spam.
async fn existing(work: &mut Work, inbound: &Inbound) -> Result<Option<ConversationId>, Error> {
    let text = sql!(
        "select id from conversations
         where workspace_id = $1 and customer_id = $2 and channel_id = $3
            and status in ('open', 'snoozed', 'solved', 'spam')
         order by case when status = 'spam' then 1 else 0 end, last_activity_at desc limit 1"
    );
    let row = work.first(text, args![inbound.customer, inbound.channel]).await?;
    row.map(|mut row| row.take(0)).transpose()
}

async fn reopen(work: &mut Work, id: ConversationId, preview: &str) -> Result<Landing, Refusal> {
    let text = sql!(
        "update conversations set status = $3, snoozed_until = null, last_seq = $4, last_inbound_seq = $4,
            preview_text = $5, preview_author = 'customer', preview_at = $6, last_activity_at = $6,
            waiting_since = case when $7 = 1 then coalesce(waiting_since, $6) else null end,
            queued_at = case when assignee_id is null then $6 else queued_at end, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let held = hold_unseen(work, id).await?;
    let (after, seq, now) = (held.status.after_message(), held.last_seq + 1, work.now());
    work.run(text, args![id, after.name(), seq, preview, now, after.is_in_hand()]).await?;
    counters::moved(work, Some(held.place()), Some(Place { status: after, ..held.place() }));
    settle_contact(work, held.customer, held.assignee).await?;
    let landed = Held { status: after, last_seq: seq, last_inbound_seq: seq, ..held.clone() };
    let answers = if !after.is_living() {
        Answers::People
    } else if starts_anew(work, &held).await? {
        Answers::AiAgain(Box::new(landed))
    } else {
        Answers::in_mode(held.mode, Turn { conversation_id: id, epoch: held.mode_epoch, inbound_seq: seq })
    };
    Ok(Landing { conversation: id, seq, before: Some(held.status), after, sight: held.sight(), answers })
}

/// What was settled starts anew with its customer's next message: where the AI answers, it answers again (E4).
async fn starts_anew(work: &mut Work, held: &Held) -> Result<bool, Error> {
    let back = held.status == Status::Solved && held.mode != Mode::Ai && held.mode.after(Cause::Reopened).is_some();
    Ok(back && agent::answers(work).await?)
}

async fn start(work: &mut Work, inbound: &Inbound, sender: &Sender, preview: &str) -> Result<Landing, Refusal> {
    let text = sql!(
        "insert into conversations (workspace_id, id, customer_id, channel_id, business_id, status, mode, mode_epoch,
            preview_text, preview_author, preview_at, last_seq, last_inbound_seq, last_outbound_seq,
            customer_delivered_seq, customer_read_seq, waiting_since, queued_at, last_activity_at, version, created_at)
         values ($1, $2, $3, $4, $5, 'open',
            coalesce((select 'ai' from agents a join workspaces w on w.workspace_id = a.workspace_id
                where a.workspace_id = $1 and a.enabled = 1 and a.paused_reason is null and w.state <> 'restricted'),
                'manual'),
            0, $6, 'customer', $7, 1, 1, 0, 0, 0, $7, $7, $7, 1, $7)
         returning mode, mode_epoch"
    );
    let (id, now): (ConversationId, Timestamp) = (work.ids().next(), work.now());
    let values = args![id, inbound.customer, inbound.channel, sender.business, preview, now];
    let mut row = work.first(text, values).await?.ok_or(Error::NotFound)?;
    let answers = answers(&mut row, 0, id, 1)?;
    counters::moved(work, None, Some(Place { status: Status::Open, assignee: None, team: None }));
    let sight = SightPoint { assignee: None, team: None, customer: inbound.customer };
    Ok(Landing { conversation: id, seq: 1, before: None, after: Status::Open, sight, answers })
}

/// Who answers in a conversation whose mode and epoch stand in a row from `column` on.
fn answers(row: &mut Row, column: usize, id: ConversationId, inbound_seq: i64) -> Result<Answers, Error> {
    let (mode, epoch) = (named(row, column, Mode::parse)?, row.take(column + 1)?);
    Ok(Answers::in_mode(mode, Turn { conversation_id: id, epoch, inbound_seq }))
}

async fn remember(work: &mut Work, channel: ChannelId, receipt: &str, message: &Message) -> Result<(), Error> {
    let text = sql!(
        "insert into inbound_receipts (workspace_id, channel_id, external_id, message_id) values ($1, $2, $3, $4)"
    );
    work.run(text, args![channel, receipt, message.id]).await.map(drop)
}

/// A message is found by its text and by the names of its files.
pub(crate) async fn index(work: &mut Work, customer: CustomerId, message: &Message) -> Result<(), Error> {
    let mut text = message.text.clone();
    for attachment in &message.attachments {
        text.push(' ');
        text.push_str(&attachment.name);
    }
    let (conversation, seq) = (message.conversation_id, message.seq);
    let of = match message.direction {
        Direction::Internal => Found::Note(conversation, seq),
        Direction::Inbound | Direction::Outbound => Found::Message(conversation, seq),
    };
    work.index(&SearchEntry { customer, of, at: message.sent_at, text: &text }).await
}

fn record(work: &mut Work, landing: &Landing, message: &Message) {
    let subject = Subject::new("conversation", landing.conversation);
    let sight = Some(landing.sight);
    let before = landing.before.and(sight);
    let payload = json!({ "conversation_id": landing.conversation, "seq": landing.seq, "message_id": message.id });
    work.record(Event::new("message.received", subject.clone()).sight(before, sight).payload(payload));
    match landing.before {
        None => {
            let payload = json!({ "conversation_id": landing.conversation });
            work.record(Event::new("conversation.created", subject).sight(None, sight).payload(payload));
        }
        Some(before) if before != landing.after => {
            let (from, to) = (before.name(), landing.after.name());
            let payload =
                json!({ "conversation_id": landing.conversation, "from": from, "to": to, "cause": "inbound" });
            work.record(Event::new("conversation.status_changed", subject).sight(sight, sight).payload(payload));
        }
        Some(_) => {}
    }
}
