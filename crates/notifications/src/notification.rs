//! Notifications as their member finds them: one per subject, newest first. What went out of sight is not among them,
//! nor counted.

use kernel::{ConversationId, Cursor, Limit, NotificationId, Page, Timestamp};
use tenancy::{Composed, Error, MemberSelf, Permission, Reach, Row, Session, Tx, Work, args, part, sql};

use crate::{
    Refusal,
    kind::Kind,
    news::About,
    shown::{Shown, Told, shown},
};

/// More unread ones than this are "many".
pub const MOST_UNREAD: i64 = 100;

/// A notification as its member sees it.
#[derive(Debug, Clone)]
pub struct Notification {
    pub id: NotificationId,
    pub kind: Kind,
    pub at: Timestamp,
    /// How often something happened to the subject since the notification was last read.
    pub happened: i64,
    pub read_at: Option<Timestamp>,
    pub shown: Shown,
}

/// A row, before its text.
struct Stored {
    id: NotificationId,
    told: Told,
    at: Timestamp,
    happened: i64,
    read_at: Option<Timestamp>,
}

/// The acting member's notifications, newest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn notifications(
    session: &mut Session,
    unread_only: bool,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Notification>, Refusal> {
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    let list = format!("notifications/{}/{me}/{unread_only}", session.workspace());
    let mut query = in_sight(session)?;
    if unread_only {
        query.push(part!("and n.read_at is null"), &[]);
    }
    if let Some(cursor) = cursor {
        let (at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (n.at, n.id) < (?, ?)"), args![at, id]);
    }
    query.push(part!("order by n.at desc, n.id desc limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let Page { items, next } = Page::cut(rows, limit, |row| (row.at.millis(), row.id.into()), &list);
    let mut notifications = Vec::with_capacity(items.len());
    for Stored { id, told, at, happened, read_at } in items {
        // What went in between shows nothing.
        if let Some(shown) = shown(session, &told).await? {
            notifications.push(Notification { id, kind: told.kind, at, happened, read_at, shown });
        }
    }
    Ok(Page { items: notifications, next })
}

/// How many the acting member has not read, at most [`MOST_UNREAD`].
///
/// # Errors
/// The database cannot answer.
pub async fn unread(session: &mut Session) -> Result<i64, Error> {
    let mut query = in_sight(session)?;
    query.push(part!("and n.read_at is null limit ?"), args![MOST_UNREAD]);
    Ok(session.list(&query).await?.len() as i64)
}

/// The acting member has read one; again changes nothing.
///
/// # Errors
/// It is not the member's.
pub async fn mark_read(tx: &mut Tx<MemberSelf>, id: NotificationId) -> Result<(), Refusal> {
    let text = sql!(
        "update notifications set read_at = coalesce(read_at, $4)
         where workspace_id = $1 and member_id = $2 and id = $3"
    );
    let (me, now) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now());
    match tx.mark(text, args![me, id, now]).await? {
        0 => Err(Error::NotFound.into()),
        _ => Ok(()),
    }
}

/// The acting member has read them all.
///
/// # Errors
/// The database cannot answer.
pub async fn mark_all_read(tx: &mut Tx<MemberSelf>) -> Result<(), Refusal> {
    let text =
        sql!("update notifications set read_at = $3 where workspace_id = $1 and member_id = $2 and read_at is null");
    let (me, now) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now());
    tx.mark(text, args![me, now]).await?;
    Ok(())
}

/// The acting member has read a conversation, and with it what it was told about it (R20); whether that was something.
///
/// # Errors
/// The database cannot answer.
pub async fn conversation_read(work: &mut Work, id: ConversationId) -> Result<bool, Error> {
    let text = sql!(
        "update notifications set read_at = $4
         where workspace_id = $1 and member_id = $2 and subject_kind = 'conversation' and subject_id = $3
            and read_at is null"
    );
    let (me, now) = (work.viewer().member.ok_or(Error::NotFound)?, work.now());
    Ok(work.mark(text, args![me, id, now]).await? > 0)
}

/// The acting member's notifications about what it can still open.
fn in_sight(session: &Session) -> Result<Composed, Error> {
    let viewer = session.viewer();
    let me = viewer.member.ok_or(Error::NotFound)?;
    let text = sql!(
        "select n.id, n.kind, n.subject_kind, n.subject_id, n.event_seq, n.actor_id, n.message_seq, n.at, n.happened,
            n.read_at, n.note_id
         from notifications n
         left join conversations c on c.workspace_id = n.workspace_id and n.subject_kind = 'conversation'
            and c.id = n.subject_id
         where n.workspace_id = $1 and n.member_id = $2"
    );
    let mut query = Composed::new(text, args![me]);
    query.push(part!("and (n.subject_kind <> 'conversation' or (c.id is not null"), &[]);
    conversations::Visibility::of(session).narrow(&mut query).push(part!("))"), &[]);
    narrow_to_profiles(&mut query, session);
    let cannot = |permission| viewer.reach(permission) == Reach::None;
    if cannot(Permission::NoteView) {
        query.push(part!("and n.kind not in ('note.mentioned', 'note.hand_over')"), &[]);
    }
    query.push(
        part!(
            "and (n.subject_kind <> 'task' or exists (
                select 1 from tasks k
                where k.workspace_id = $1 and k.id = n.subject_id and k.deleted_at is null"
        ),
        &[],
    );
    conversations::narrow_tasks(session, &mut query);
    query.push(part!("))"), &[]);
    if cannot(Permission::MemberView) {
        query.push(part!("and n.kind <> 'member.joined'"), &[]);
    }
    Ok(query)
}

/// Of what is about customers, only that whose profile the member may open; who became part of another customer is
/// found there.
fn narrow_to_profiles(query: &mut Composed, session: &Session) {
    let viewer = session.viewer();
    let known = part!(
        "and (n.subject_kind <> 'customer' or exists (
            select 1 from customers u where u.workspace_id = $1 and u.id = n.subject_id"
    );
    query.push(known, &[]);
    match viewer.reach(Permission::CustomerView) {
        Reach::Any => {}
        Reach::Own => {
            let contact = part!(
                "and exists (select 1 from customer_assignees k
                    where k.workspace_id = $1 and k.customer_id = coalesce(u.merged_into, u.id) and k.member_id = ?
                        and (k.until is null or k.until > ?))"
            );
            query.push(contact, args![viewer.member.map(uuid::Uuid::from), session.now()]);
        }
        Reach::Masked | Reach::None => drop(query.push(part!("and 1 = 0"), &[])),
    }
    query.push(part!("))"), &[]);
}

fn read(mut row: Row) -> Result<Stored, Error> {
    let (kind, subject_kind): (String, String) = (row.take(1)?, row.take(2)?);
    let corrupt = || Error::Corrupt(format!("notification of {kind:?} about {subject_kind:?}"));
    Ok(Stored {
        id: row.take(0)?,
        told: Told {
            kind: Kind::parse(&kind).ok_or_else(corrupt)?,
            about: About::read(&subject_kind, row.take(3)?).ok_or_else(corrupt)?,
            event_seq: row.take(4)?,
            actor: row.take(5)?,
            message_seq: row.take(6)?,
            note: row.take(10)?,
        },
        at: row.take(7)?,
        happened: row.take(8)?,
        read_at: row.take(9)?,
    })
}
