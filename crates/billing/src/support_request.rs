//! What members ask the operator for: more seats where none are sold, or anything else (PLAN-026).

use kernel::{Cursor, Limit, LongText, MemberId, OperatorRequestId, Page, Timestamp};
use serde_json::json;
use tenancy::{Composed, Error, Event, MemberInvite, Row, Session, Subject, Tx, args, part, sql, words};

use crate::Refusal;

/// So many requests of a workspace wait at once; the operator is one person.
const MOST_OPEN: i64 = 20;

words! {
    RequestKind {
        MoreSeats = "more_seats",
        Contact = "contact",
    }
}

words! {
    RequestState {
        /// The operator has not decided yet.
        Open = "open",
        Granted = "granted",
        Declined = "declined",
    }
}

#[derive(Debug, Clone)]
pub struct SupportRequest {
    pub id: OperatorRequestId,
    pub kind: RequestKind,
    pub text: String,
    pub state: RequestState,
    /// What the operator says to it; empty until then.
    pub answer: String,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

/// Asks the operator for something.
///
/// # Errors
/// Too many requests of the workspace wait already.
pub async fn ask(tx: &mut Tx<MemberInvite>, kind: RequestKind, text: &LongText) -> Result<SupportRequest, Refusal> {
    let me = asker(tx)?;
    let waiting = sql!("select count(*) from operator_requests where workspace_id = $1 and state = 'open'");
    let waiting: i64 = tx.first(waiting, &[]).await?.ok_or(Error::NotFound)?.take(0)?;
    if waiting >= MOST_OPEN {
        return Err(Refusal::RequestsWait);
    }
    let (id, now): (OperatorRequestId, _) = (tx.ids().next(), tx.now());
    let insert = sql!(
        "insert into operator_requests (workspace_id, id, kind, text, state, answer, created_by, created_at)
         values ($1, $2, $3, $4, $5, '', $6, $7)"
    );
    tx.run(insert, args![id, kind.name(), &**text, RequestState::Open.name(), me, now]).await?;
    let event = Event::new("support_request.created", Subject::new("support_request", id));
    tx.record(event.payload(json!({ "kind": kind })));
    let mut query = mine(me);
    query.push(part!("and id = ?"), args![id]);
    Ok(read(tx.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?)?)
}

/// What the acting member asked for, newest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn requests(
    session: &mut Session,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<SupportRequest>, Refusal> {
    let me = asker(session)?;
    let list = format!("support_requests/{}/{me}", session.workspace());
    let mut query = mine(me);
    if let Some(cursor) = cursor {
        let (created_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (created_at, id) < (?, ?)"), args![created_at, id]);
    }
    query.push(part!("order by created_at desc, id desc limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |request| (request.created_at.millis(), request.id.into()), &list))
}

fn asker(session: &Session) -> Result<MemberId, Error> {
    session.viewer().member.ok_or(Error::NotFound)
}

fn mine(me: MemberId) -> Composed {
    Composed::new(
        sql!(
            "select id, kind, text, state, answer, created_at, decided_at from operator_requests
             where workspace_id = $1 and created_by = $2"
        ),
        args![me],
    )
}

fn read(mut row: Row) -> Result<SupportRequest, Error> {
    Ok(SupportRequest {
        id: row.take(0)?,
        kind: RequestKind::read(&row.take::<String>(1)?)?,
        text: row.take(2)?,
        state: RequestState::read(&row.take::<String>(3)?)?,
        answer: row.take(4)?,
        created_at: row.take(5)?,
        decided_at: row.take(6)?,
    })
}
