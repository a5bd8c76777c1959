//! Chains of events: numbered without gaps, each linked to the one before. Every workspace has one of what was changed
//! and one of what was refused or looked at, and the instance has one for what happens to accounts outside of
//! workspaces (ruling 9).

use kernel::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Actor, Error, Event, InternalRight, RightId, Value, args,
    database::{Write, statement::Text},
    event::{self, HashedRow},
    raw,
};

/// The statements of one kind of chain; `$1` is whose chain it is.
pub(crate) struct Chain {
    /// Takes the next number and links the head to it, in one statement, so that its lock is held briefly.
    next: Text<'static>,
    insert: Text<'static>,
    details: Text<'static>,
    /// Whole rows with their details from one number to another, for verification.
    pub(crate) between: Text<'static>,
    /// The head, and the newest row beside it.
    pub(crate) head: Text<'static>,
    /// Rows as they are read back, with their details, to be narrowed and put in order.
    pub(crate) rows: Text<'static>,
}

macro_rules! chain {
    ($events:literal, $details:literal, $heads:literal, $owner:literal) => {
        Chain {
            next: raw!(concat!(
                "update ",
                $heads,
                " set seq = seq + 1, hash = chain_hash(hash, seq + 1, $2) where ",
                $owner,
                " = $1 returning seq, hash"
            )),
            insert: raw!(concat!(
                "insert into ",
                $events,
                " (",
                $owner,
                ", seq, at, kind, actor_kind, actor_id, permission,
                    subject_kind, subject_id, parent_seq, sight, payload, row_hash, hash)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
            )),
            details: raw!(concat!("insert into ", $details, " (", $owner, ", seq, details) values ($1, $2, $3)")),
            between: raw!(concat!(
                chain!(@rows $events, $details, $owner, ", e.row_hash, e.hash"),
                " and e.seq > $2 and e.seq <= $3 order by e.seq limit $4"
            )),
            head: raw!(concat!(
                "select seq, hash, (select max(e.seq) from ",
                $events,
                " e where e.",
                $owner,
                " = $1) from ",
                $heads,
                " where ",
                $owner,
                " = $1"
            )),
            rows: raw!(chain!(@rows $events, $details, $owner, "")),
        }
    };
    (@rows $events:literal, $details:literal, $owner:literal, $more:literal) => {
        concat!(
            "select e.seq, e.at, e.kind, e.actor_kind, e.actor_id, e.permission, e.subject_kind, e.subject_id,
                e.parent_seq, e.sight, e.payload, d.details",
            $more,
            " from ",
            $events,
            " e left join ",
            $details,
            " d on d.",
            $owner,
            " = e.",
            $owner,
            " and d.seq = e.seq where e.",
            $owner,
            " = $1"
        )
    };
}

pub(crate) static OF_WORKSPACE: Chain = chain!("events", "event_details", "workspace_heads", "workspace_id");
/// What was refused to somebody, and who looked at sensitive data.
pub(crate) static OF_ACCESS: Chain = chain!("access_events", "access_event_details", "access_heads", "workspace_id");
pub(crate) static OF_INSTANCE: Chain = chain!("instance_events", "instance_event_details", "instance_heads", "chain");

/// The instance's chain of what happens to accounts outside of workspaces.
pub(crate) const ACCOUNTS: &str = "accounts";

/// Who did it, and under which right.
pub(crate) struct Author {
    pub(crate) kind: &'static str,
    pub(crate) id: Option<Uuid>,
    pub(crate) right: &'static str,
}

impl Author {
    pub(crate) fn new(actor: &Actor, right: RightId) -> Self {
        Self { kind: actor.kind(), id: actor.id(), right: right.name() }
    }

    /// An actor outside of workspaces.
    pub(crate) fn of_instance(actor: &Actor) -> Self {
        let right = match actor {
            Actor::Duty(_) => InternalRight::Housekeeping,
            Actor::Operator(_) => InternalRight::Operating,
            _ => InternalRight::AccountSelf,
        };
        Self::new(actor, RightId::Internal(right))
    }
}

impl Chain {
    /// Appends the events of one transaction; the first is its audit event, further ones name it as parent. Returns
    /// the newest number.
    pub(crate) async fn append(
        &self,
        write: &mut Write,
        owner: &Value,
        author: &Author,
        events: Vec<Event>,
        now: Timestamp,
    ) -> Result<Option<i64>, Error> {
        let mut first: Option<i64> = None;
        let mut newest = None;
        for (index, event) in (0i64..).zip(events) {
            let sight = event.sight.map(|sight| to_text(&sight)).transpose()?;
            let payload = event.payload.to_string();
            let right = event.right.map_or(author.right, RightId::name);
            let row_hash = event::row_hash(&HashedRow {
                at: now,
                kind: event.kind,
                actor_kind: author.kind,
                actor_id: author.id,
                permission: right,
                subject_kind: &event.subject.kind,
                subject_id: event.subject.id,
                index,
                sight: sight.as_deref(),
                payload: &payload,
            });
            let head = write.query(self.next, args![owner.clone(), row_hash]).await?;
            let mut head = head.into_iter().next().ok_or(Error::NotFound)?;
            let (seq, hash): (i64, [u8; 32]) = (head.take(0)?, head.take(1)?);
            let parent = first.filter(|_| index > 0);
            let values = args![
                owner.clone(),
                seq,
                now,
                event.kind,
                author.kind,
                author.id,
                right,
                &*event.subject.kind,
                event.subject.id,
                parent,
                sight,
                payload,
                row_hash,
                hash
            ];
            write.put(self.insert, values).await?;
            if let Some(details) = event.details {
                write.put(self.details, args![owner.clone(), seq, details]).await?;
            }
            first.get_or_insert(seq);
            newest = Some(seq);
        }
        Ok(newest)
    }
}

fn to_text(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}
