//! A conversation read once for many onlookers: what their streams then show each of them.

use std::collections::{HashMap, HashSet};

use kernel::{ConversationId, CustomerId, MemberId};
use tenancy::{Error, Session, SightPoint, args, sql};

use crate::{Conversation, Refusal, conversation::reread};

/// More unread messages than this are "many".
const MOST_UNREAD: i64 = 99;

/// A conversation with what differs between its readers.
#[derive(Debug, Clone)]
pub struct Snapshot {
    conversation: Conversation,
    reads: HashMap<MemberId, i64>,
    contacts: HashSet<MemberId>,
    /// The newest inbound sequences.
    inbound: Vec<i64>,
}

/// Reads a conversation for the house itself, which then decides who sees it.
///
/// # Errors
/// The database cannot answer.
pub async fn snapshot(session: &mut Session, id: ConversationId) -> Result<Option<Snapshot>, Refusal> {
    let conversation = match reread(session, id).await {
        Err(Refusal::Vault(Error::NotFound)) => return Ok(None),
        conversation => conversation?,
    };
    let reads = sql!("select member_id, seq from conversation_reads where workspace_id = $1 and conversation_id = $2");
    let inbound = sql!(
        "select seq from messages where workspace_id = $1 and conversation_id = $2 and direction = 'inbound'
         order by seq desc limit $3"
    );
    let reads = session.all(reads, args![id]).await?.into_iter();
    let reads = reads.map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect::<Result<_, Error>>()?;
    let inbound = session.all(inbound, args![id, MOST_UNREAD]).await?.into_iter();
    let inbound = inbound.map(|mut row| row.take(0)).collect::<Result<_, _>>()?;
    let contacts = customers::contacts(session, conversation.customer_id).await?.into_iter().collect();
    Ok(Some(Snapshot { conversation, reads, contacts, inbound }))
}

/// Where the conversations of a customer stand, for deciding who shows the customer beside one of them.
///
/// # Errors
/// The database cannot answer.
pub async fn customer_sights(session: &mut Session, customer: CustomerId) -> Result<Vec<SightPoint>, Error> {
    let text =
        sql!("select distinct assignee_id, team_id from conversations where workspace_id = $1 and customer_id = $2");
    let rows = session.all(text, args![customer]).await?.into_iter();
    rows.map(|mut row| Ok(SightPoint { assignee: row.take(0)?, team: row.take(1)?, customer })).collect()
}

impl Snapshot {
    /// The conversation without anybody's own part.
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    pub fn is_contact_of(&self, member: MemberId) -> bool {
        self.contacts.contains(&member)
    }

    /// How far this member has read.
    pub fn read_seq(&self, member: MemberId) -> i64 {
        self.reads.get(&member).copied().unwrap_or(0)
    }

    /// How far any member has read, as its customer may know it.
    pub fn furthest_read(&self) -> i64 {
        self.reads.values().copied().max().unwrap_or(0).min(self.conversation.last_outward_seq())
    }

    /// The conversation as this member reads it.
    #[must_use]
    pub fn seen_by(&self, member: MemberId) -> Conversation {
        let read_seq = self.read_seq(member);
        let unread = self.inbound.iter().filter(|seq| **seq > read_seq).count();
        Conversation {
            read_seq,
            unread_count: i64::try_from(unread).unwrap_or(MOST_UNREAD),
            contact: self.is_contact_of(member),
            ..self.conversation.clone()
        }
    }
}
