//! The website chat from the visitor's side: arriving, writing, reading back.

use channels::{Channel, Claim, NewVisitor, SignedIdentity, Visitor, VisitorSession};
use customers::{NewCustomer, SITE_USER};
use kernel::{AttachmentId, ChannelId, ConversationId, CustomerId, EmailAddress, Limit, Line, LongText, Timestamp};
use serde_json::json;
use tenancy::{
    Actor, Composed, Error, Event, InboundReceive, Row, Session, SightPoint, Subject, TenantSql, Tx, Work, args, part,
    sql,
};

use crate::{Inbound, Message, Range, Received, Refusal, Status, conversation::named, message, receive};

/// A browser opens the chat, for the first time or again.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Its token from last time.
    pub token: Option<String>,
    pub claim: Claim,
    /// Whom the site says it is, signed.
    pub identity: Option<SignedIdentity>,
    /// The page it opens the chat on.
    pub page: Option<String>,
}

/// Opens or renews a visitor's session. What was typed stays a claim and joins nobody; a signed identity joins its
/// customer or makes one, and a visitor who is somebody else now leaves the former customer's conversations behind
/// (ruling 25).
///
/// # Errors
/// The identity is not signed with the channel's secret.
pub async fn visit(tx: &mut Tx<InboundReceive>, channel: &Channel, visit: Visit) -> Result<VisitorSession, Refusal> {
    if let Some(identity) = &visit.identity {
        channel.identity_secret.as_ref().ok_or(channels::Refusal::IdentityInvalid)?.verify(identity)?;
    }
    let known = match &visit.token {
        Some(token) => channels::find(tx, channel.id, token).await?,
        None => None,
    };
    let identified = match &visit.identity {
        Some(identity) => Some(customer_of(tx, channel, &visit.claim, known.as_ref(), &identity.user_id).await?),
        None => None,
    };
    let Some(known) = known else {
        let new = NewVisitor {
            channel: channel.id,
            customer: identified,
            identified: identified.is_some(),
            claim: visit.claim,
            page: visit.page,
        };
        return Ok(channels::open(tx, &new).await?);
    };
    if let Some(customer) = identified.filter(|_| !known.identified || known.customer_id != identified) {
        channels::belongs_to(tx, known.id, customer, true).await?;
        let payload = json!({ "visitor_id": known.id, "customer_id": customer });
        tx.record(Event::new("visitor.identified", Subject::new("visitor", known.id)).payload(payload));
    }
    if let Some(customer) = identified.or(known.customer_id) {
        customers::claim(tx, customer, visit.claim.name.as_ref(), visit.claim.email.as_ref()).await?;
    }
    Ok(channels::renew(tx, known.id, &visit.claim).await?)
}

/// The customer behind a signed identity: the one it is tied to, else the visitor's own, if nobody vouched for that
/// one yet, else a new one.
async fn customer_of(
    work: &mut Work,
    channel: &Channel,
    claim: &Claim,
    known: Option<&Visitor>,
    user_id: &str,
) -> Result<CustomerId, Error> {
    let business = channel.business_id;
    if let Some(customer) = customers::identified_by(work, business, SITE_USER, user_id).await? {
        return Ok(customer);
    }
    let own = known.filter(|visitor| !visitor.identified).and_then(|visitor| visitor.customer_id);
    let customer = match own {
        Some(customer) => customer,
        None => customers::create(work, &new_customer(channel, claim.clone(), true)).await?,
    };
    customers::identify(work, customer, business, SITE_USER, user_id).await?;
    Ok(customer)
}

fn new_customer(channel: &Channel, claim: Claim, identified: bool) -> NewCustomer {
    NewCustomer {
        business: channel.business_id,
        name: claim.name,
        email: claim.email,
        locale: claim.locale,
        source: channel.kind.name(),
        identified,
    }
}

/// What a visitor writes; its browser made the id.
#[derive(Debug, Clone)]
pub struct Written {
    pub client_id: String,
    pub text: LongText,
    pub attachments: Vec<AttachmentId>,
}

/// Takes a visitor's message in. With the first one the visitor becomes a customer.
///
/// # Errors
/// As [`receive`].
pub async fn write(tx: &mut Tx<InboundReceive>, written: Written) -> Result<Received, Refusal> {
    let Actor::Visitor { visitor, channel, customer } = *tx.actor() else { return Err(Error::NotFound.into()) };
    let customer = match customer {
        Some(customer) => customer,
        None => become_customer(tx, visitor, channel).await?,
    };
    let Written { client_id, text, attachments } = written;
    receive(tx, Inbound { channel, customer, external_id: client_id, text, attachments }).await
}

/// The visitor's row is held, so that two first messages make one customer.
async fn become_customer(
    tx: &mut Tx<InboundReceive>,
    id: kernel::VisitorId,
    channel: ChannelId,
) -> Result<CustomerId, Refusal> {
    let hold = sql!("update visitors set expires_at = expires_at where workspace_id = $1 and id = $2");
    tx.mark(hold, args![id]).await?;
    let visitor = channels::visitor(tx, id).await?;
    if let Some(customer) = visitor.customer_id {
        return Ok(customer);
    }
    let channel = channels::show(tx, channel).await?;
    let claim = Claim {
        name: visitor.name.and_then(|name| Line::try_from(name).ok()),
        email: visitor.email_claim.and_then(|email| EmailAddress::parse(&email).ok()),
        locale: visitor.locale,
    };
    let customer = customers::create(tx, &new_customer(&channel, claim, false)).await?;
    channels::belongs_to(tx, id, customer, false).await?;
    Ok(customer)
}

/// A conversation as its customer sees it.
#[derive(Debug, Clone)]
pub struct VisitorConversation {
    pub id: ConversationId,
    /// [`Status::outward`].
    pub status: Status,
    pub last_seq: i64,
    pub read_seq: i64,
    pub unread_count: i64,
    /// How far any member has read.
    pub agent_read_seq: i64,
    pub last_message_at: Option<Timestamp>,
    pub delivered_seq: i64,
    /// Who of the house sees it.
    pub sight: SightPoint,
}

const OWN: TenantSql = sql!(
    "select c.id, c.status,
        case when c.last_inbound_seq > c.last_outbound_seq then c.last_inbound_seq else c.last_outbound_seq end,
        c.customer_read_seq,
        (select count(*) from messages m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
            and m.seq > c.customer_read_seq and m.direction = 'outbound' and m.state = 'sent'),
        (select max(r.seq) from conversation_reads r where r.workspace_id = c.workspace_id and r.conversation_id = c.id),
        c.preview_at, c.customer_delivered_seq, c.assignee_id, c.team_id, c.customer_id
     from conversations c
     where c.workspace_id = $1 and c.customer_id = $2 and c.channel_id = $3"
);
/// A visitor's list shows this many conversations at most.
const MOST_OWN: i64 = 50;

fn own(session: &Session) -> Option<Composed> {
    match session.actor() {
        Actor::Visitor { customer: Some(customer), channel, .. } => {
            Some(Composed::new(OWN, args![*customer, *channel]))
        }
        _ => None,
    }
}

fn read(mut row: Row) -> Result<VisitorConversation, Error> {
    let status = named(&mut row, 1, Status::parse)?;
    // Where notes stand is nobody's business outside.
    let last_seq = row.take(2)?;
    Ok(VisitorConversation {
        id: row.take(0)?,
        status: status.outward(),
        last_seq,
        read_seq: row.take(3)?,
        unread_count: row.take(4)?,
        agent_read_seq: row.take::<Option<i64>>(5)?.unwrap_or(0).min(last_seq),
        last_message_at: row.take(6)?,
        delivered_seq: row.take(7)?,
        sight: SightPoint { assignee: row.take(8)?, team: row.take(9)?, customer: row.take(10)? },
    })
}

/// The visitor's own conversations in this channel, newest first.
///
/// # Errors
/// The database cannot answer.
pub async fn visitor_conversations(session: &mut Session) -> Result<Vec<VisitorConversation>, Refusal> {
    let Some(mut query) = own(session) else { return Ok(Vec::new()) };
    query.push(part!("order by c.last_activity_at desc, c.id desc limit ?"), args![MOST_OWN]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// One of the visitor's own conversations.
///
/// # Errors
/// [`Error::NotFound`] for anybody else's.
pub async fn visitor_conversation(session: &mut Session, id: ConversationId) -> Result<VisitorConversation, Refusal> {
    let mut query = own(session).ok_or(Error::NotFound)?;
    query.push(part!("and c.id = ?"), args![id]);
    Ok(session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)??)
}

/// What was said in one of the visitor's conversations, without what was said among members.
#[derive(Debug, Clone)]
pub struct VisitorMessages {
    pub conversation: VisitorConversation,
    pub items: Vec<Message>,
}

/// # Errors
/// [`Error::NotFound`] for anybody else's conversation.
pub async fn visitor_messages(
    session: &mut Session,
    id: ConversationId,
    range: Range,
    limit: Limit,
) -> Result<VisitorMessages, Refusal> {
    let conversation = visitor_conversation(session, id).await?;
    let (items, _) = message::page(session, id, range, limit, true).await?;
    Ok(VisitorMessages { conversation, items })
}

/// Refuses what is not this visitor's: another customer's, or the same customer's through another site.
pub(crate) fn must_be_visitors(actor: &Actor, customer: CustomerId, channel: ChannelId) -> Result<(), Refusal> {
    match actor {
        Actor::Visitor { customer: Some(own), channel: through, .. } if *own == customer && *through == channel => {
            Ok(())
        }
        _ => Err(Error::NotFound.into()),
    }
}
