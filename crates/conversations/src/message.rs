//! What was said.

use directory::MemberStatus;
use kernel::{ConversationId, Cursor, CustomerId, HandoverId, Limit, MessageId, Page, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{Composed, Error, Row, Session, TenantSql, Work, args, part, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AttachmentRef, Conversation, Mentioned, Refusal, Visibility, conversation, conversation::named, note};

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessageDirection)]
pub enum Direction {
    Inbound,
    Outbound,
    /// Among members only.
    Internal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    Customer,
    Member,
    Ai,
    System,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessageState)]
pub enum State {
    /// It came in.
    Received,
    /// It was accepted for sending.
    Sent,
    /// It reached the customer's client.
    Delivered,
    /// The customer had it before their eyes.
    Read,
    Failed,
    /// It goes out in a moment and can be taken back until then.
    Held,
    /// It was taken back before it went out; nothing of it is left.
    Withdrawn,
}

/// The names of a closed set, as the database and the API spell them.
macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use names;

names!(Direction { Inbound = "inbound", Outbound = "outbound", Internal = "internal" });
names!(AuthorKind { Customer = "customer", Member = "member", Ai = "ai", System = "system" });
names!(State {
    Received = "received",
    Sent = "sent",
    Delivered = "delivered",
    Read = "read",
    Failed = "failed",
    Held = "held",
    Withdrawn = "withdrawn",
});

/// Who wrote a message, with the name it was written under.
#[derive(Debug, Clone)]
pub struct Author {
    pub kind: AuthorKind,
    pub id: Option<Uuid>,
    pub name: String,
    /// A member who is here no longer (INV-10).
    pub former: bool,
}

/// A message as it was written.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub seq: i64,
    pub direction: Direction,
    pub author: Author,
    pub text: String,
    pub attachments: Vec<AttachmentRef>,
    pub state: State,
    pub sent_at: Timestamp,
    /// The id its author's program made for it.
    pub client_id: Option<String>,
    /// When it goes out, while it is held.
    pub send_at: Option<Timestamp>,
    /// Rises as a note is changed.
    pub version: i64,
    pub edited_at: Option<Timestamp>,
    /// A note that was taken away: nothing of it is shown.
    pub deleted: bool,
    /// Whom a note calls.
    pub mentions: Vec<Mentioned>,
    /// The hand-over that a note came with.
    pub handover: Option<HandoverId>,
}

impl Message {
    /// Whether its customer may know of it: said to the outside, and gone out.
    pub fn is_outward(&self) -> bool {
        self.direction != Direction::Internal && !matches!(self.state, State::Held | State::Withdrawn)
    }
}

const MESSAGES: TenantSql = sql!(
    "select m.conversation_id, m.seq, m.id, m.direction, m.author_kind, m.author_id, m.author_name, m.text,
        m.attachments, m.state, m.sent_at, m.external_id, c.customer_delivered_seq, c.customer_read_seq, w.status, m.send_at,
        m.version, m.edited_at, m.deleted_at
     from messages m
     join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
     left join memberships w on w.workspace_id = m.workspace_id and w.id = m.author_id and m.author_kind = 'member'
     where m.workspace_id = $1"
);

fn read(mut row: Row) -> Result<Message, Error> {
    let attachments: String = row.take(8)?;
    let seq = row.take(1)?;
    let direction = named(&mut row, 3, Direction::parse)?;
    let stored = named(&mut row, 9, State::parse)?;
    let (delivered, seen) = (row.take(12)?, row.take(13)?);
    let author: Option<String> = row.take(14)?;
    let deleted = row.take::<Option<Timestamp>>(18)?.is_some();
    let former = author.as_deref().and_then(MemberStatus::parse).is_some_and(MemberStatus::is_former);
    Ok(Message {
        conversation_id: row.take(0)?,
        seq,
        id: row.take(2)?,
        direction,
        author: Author { kind: named(&mut row, 4, AuthorKind::parse)?, id: row.take(5)?, name: row.take(6)?, former },
        text: if deleted { String::new() } else { row.take(7)? },
        attachments: match deleted {
            true => Vec::new(),
            false => serde_json::from_str(&attachments).map_err(|error| Error::Corrupt(error.to_string()))?,
        },
        state: if direction == Direction::Internal { stored } else { state(stored, seq, delivered, seen) },
        sent_at: row.take(10)?,
        client_id: row.take(11)?,
        send_at: row.take(15)?,
        version: row.take(16)?,
        edited_at: row.take(17)?,
        deleted,
        mentions: Vec::new(),
        handover: None,
    })
}

/// What was sent is delivered and read up to where the customer's client says, so that one mark moves them all.
const fn state(stored: State, seq: i64, delivered: i64, seen: i64) -> State {
    match stored {
        State::Sent if seq <= seen => State::Read,
        State::Sent if seq <= delivered => State::Delivered,
        stored => stored,
    }
}

/// Which messages of a conversation to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// The newest, or the newest before a sequence.
    Before(Option<i64>),
    /// The oldest after a sequence.
    After(i64),
}

/// A page of messages, oldest first.
#[derive(Debug, Clone)]
pub struct Messages {
    pub conversation: Conversation,
    pub items: Vec<Message>,
    /// Whether there is more in the direction of reading.
    pub more: bool,
}

/// Messages of a conversation that the session's actor sees.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is out of sight.
pub async fn messages(
    session: &mut Session,
    id: ConversationId,
    range: Range,
    limit: Limit,
) -> Result<Messages, Refusal> {
    let conversation = conversation::show(session, id).await?;
    let (items, more) = page(session, id, range, limit, false).await?;
    Ok(Messages { conversation, items, more })
}

/// `outward` leaves out what was said among members, and what has not gone out. Notes are for who sees them.
pub(crate) async fn page(
    session: &mut Session,
    id: ConversationId,
    range: Range,
    limit: Limit,
    outward: bool,
) -> Result<(Vec<Message>, bool), Error> {
    let mut query = Composed::new(MESSAGES, &[]);
    query.push(part!("and m.conversation_id = ?"), args![id]);
    if outward {
        query.push(part!("and m.direction <> 'internal' and m.state not in ('held', 'withdrawn')"), &[]);
    } else if !note::are_seen_by(session) {
        query.push(part!("and m.direction <> 'internal'"), &[]);
    }
    match range {
        Range::After(seq) => query.push(part!("and m.seq > ? order by m.seq"), args![seq]),
        Range::Before(Some(seq)) => query.push(part!("and m.seq < ? order by m.seq desc"), args![seq]),
        Range::Before(None) => query.push(part!("order by m.seq desc"), &[]),
    };
    query.push(part!("limit ?"), args![limit.get() + 1]);
    let mut items = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = items.len() as i64 > limit.get();
    items.truncate(limit.get() as usize);
    if matches!(range, Range::Before(_)) {
        items.reverse();
    }
    note::complete(session, id, &mut items).await?;
    Ok((items, more))
}

/// Outbound messages after a sequence, oldest first.
pub(crate) async fn answers_after(session: &mut Session, id: ConversationId, seq: i64) -> Result<Vec<Message>, Error> {
    let mut query = Composed::new(MESSAGES, &[]);
    query.push(
        part!("and m.conversation_id = ? and m.direction = 'outbound' and m.seq > ? order by m.seq limit ?"),
        args![id, seq, Limit::MAX],
    );
    session.list(&query).await?.into_iter().map(read).collect()
}

/// One message, for those who already found its conversation; whether they see notes is theirs to ask.
///
/// # Errors
/// The database cannot answer.
pub async fn message(session: &mut Session, id: ConversationId, seq: i64) -> Result<Option<Message>, Error> {
    let mut query = Composed::new(MESSAGES, &[]);
    query.push(part!("and m.conversation_id = ? and m.seq = ?"), args![id, seq]);
    let mut found = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    note::complete(session, id, &mut found).await?;
    Ok(found.pop())
}

/// Notes in those conversations of a customer that the session's actor sees, newest first; for those who see notes and
/// already found the customer.
pub(crate) async fn notes_of_customer(
    session: &mut Session,
    customer: CustomerId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Message>, Refusal> {
    let name = format!("notes_of_customer/{}/{customer}", session.workspace());
    let mut query = Composed::new(MESSAGES, &[]);
    query.push(
        part!(
            "and m.direction = 'internal' and m.deleted_at is null and c.customer_id in (select p.id from customers p
                where p.workspace_id = $1 and (p.id = ? or p.merged_into = ?))"
        ),
        args![customer, customer],
    );
    Visibility::of(session).narrow(&mut query);
    if let Some(cursor) = cursor {
        let (at, id) = Cursor::parse(cursor, &name)?;
        query.push(part!("and (m.sent_at, m.id) < (?, ?)"), args![at, id]);
    }
    query.push(part!("order by m.sent_at desc, m.id desc limit ?"), args![limit.get() + 1]);
    let notes = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::cut(notes, limit, |note| (note.sent_at.millis(), note.id.into()), &name);
    for notes in page.items.chunk_by_mut(|one, next| one.conversation_id == next.conversation_id) {
        if let Some(conversation) = notes.first().map(|note| note.conversation_id) {
            note::complete(session, conversation, notes).await?;
        }
    }
    Ok(page)
}

/// The newest message that the customer may know of.
pub(crate) async fn newest_outward(session: &mut Session, id: ConversationId) -> Result<Option<Message>, Error> {
    let mut query = Composed::new(MESSAGES, &[]);
    query.push(
        part!(
            "and m.conversation_id = ? and m.direction <> 'internal' and m.state not in ('held', 'withdrawn')
             order by m.seq desc limit 1"
        ),
        args![id],
    );
    session.list(&query).await?.into_iter().next().map(read).transpose()
}

/// A message to be written under the next number of its conversation.
pub(crate) struct NewMessage<'a> {
    pub(crate) conversation: ConversationId,
    pub(crate) seq: i64,
    pub(crate) direction: Direction,
    pub(crate) author: Author,
    pub(crate) text: &'a str,
    pub(crate) attachments: &'a [AttachmentRef],
    pub(crate) client_id: Option<&'a str>,
    /// It is held until then.
    pub(crate) send_at: Option<Timestamp>,
}

impl NewMessage<'_> {
    pub(crate) async fn write(self, work: &mut Work) -> Result<Message, Error> {
        let text = sql!(
            "insert into messages (workspace_id, conversation_id, seq, id, direction, author_kind, author_id,
                author_name, text, state, external_id, attachments, sent_at, send_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        );
        let state = match (self.direction, self.send_at) {
            (Direction::Inbound, _) => State::Received,
            (_, Some(_)) => State::Held,
            (_, None) => State::Sent,
        };
        let attachments = serde_json::to_string(self.attachments).map_err(|error| Error::Corrupt(error.to_string()))?;
        let (id, now): (MessageId, _) = (work.ids().next(), work.now());
        let values = args![
            self.conversation,
            self.seq,
            id,
            self.direction.name(),
            self.author.kind.name(),
            self.author.id,
            &self.author.name,
            self.text,
            state.name(),
            self.client_id,
            attachments,
            now,
            self.send_at
        ];
        work.run(text, values).await?;
        Ok(Message {
            id,
            conversation_id: self.conversation,
            seq: self.seq,
            direction: self.direction,
            author: self.author,
            text: self.text.to_string(),
            attachments: self.attachments.to_vec(),
            state,
            sent_at: now,
            client_id: self.client_id.map(str::to_owned),
            send_at: self.send_at,
            version: 1,
            edited_at: None,
            deleted: false,
            mentions: Vec::new(),
            handover: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_customer_move_what_was_sent_and_nothing_else() {
        assert_eq!(state(State::Sent, 5, 4, 3), State::Sent);
        assert_eq!(state(State::Sent, 5, 5, 3), State::Delivered);
        assert_eq!(state(State::Sent, 5, 5, 5), State::Read);
        assert_eq!(state(State::Received, 5, 9, 9), State::Received);
        assert_eq!(state(State::Failed, 5, 9, 9), State::Failed);
    }
}
