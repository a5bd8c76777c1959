//! Notes on a customer: what a team knows of somebody beside any one conversation (C17). They are for those who may
//! open the profile and see notes.

use kernel::{Cursor, CustomerId, CustomerNoteId, Limit, MemberId, NoteText, Page, Timestamp};
use serde_json::{Value as Json, json};
use tenancy::{
    Composed, Error, Event, NoteCreate, NoteDelete, NoteEdit, Permission, Reach, Right, RightId, Row, Session, Subject,
    TenantSql, Tx, Viewer, Work, args, part, sql,
};

use crate::{Customer, Refusal, show};

/// A note on a customer, with the name its author has now.
#[derive(Debug, Clone)]
pub struct CustomerNote {
    pub id: CustomerNoteId,
    pub customer_id: CustomerId,
    pub author: MemberId,
    pub author_name: String,
    /// Its author is here no longer.
    pub author_former: bool,
    pub text: String,
    /// It stands beside every conversation of the customer.
    pub pinned: bool,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub version: i64,
}

/// What to change about a note; what is `None` stays.
#[derive(Debug, Clone)]
pub struct CustomerNoteChange {
    /// The version that was looked at.
    pub version: i64,
    pub text: Option<NoteText>,
    pub pinned: Option<bool>,
}

impl CustomerNote {
    pub fn is_own(&self, viewer: &Viewer) -> bool {
        viewer.member == Some(self.author)
    }
}

const NOTES: TenantSql = sql!(
    "select n.id, n.customer_id, n.author_id, coalesce(m.display_name, a.name), m.status, n.text, n.pinned,
        n.created_at, n.edited_at, n.version
     from customer_notes n
     join memberships m on m.workspace_id = n.workspace_id and m.id = n.author_id
     join accounts a on a.id = m.account_id
     where n.workspace_id = $1 and n.deleted_at is null"
);

fn read(mut row: Row) -> Result<CustomerNote, Error> {
    Ok(CustomerNote {
        id: row.take(0)?,
        customer_id: row.take(1)?,
        author: row.take(2)?,
        author_name: row.take(3)?,
        author_former: row.take::<String>(4)? != "active",
        text: row.take(5)?,
        pinned: row.take(6)?,
        created_at: row.take(7)?,
        edited_at: row.take(8)?,
        version: row.take(9)?,
    })
}

/// One page of the notes on a customer, newest first.
///
/// # Errors
/// The profile is out of sight, the cursor is not this list's, or the database cannot answer.
pub async fn customer_notes(
    session: &mut Session,
    id: CustomerId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<(Customer, Page<CustomerNote>), Refusal> {
    let customer = show(session, id).await?;
    let name = format!("customer_notes/{}/{id}", session.workspace());
    let mut query = Composed::new(NOTES, &[]);
    query.push(part!("and n.customer_id = ?"), args![id]);
    if let Some(cursor) = cursor {
        let (created_at, id) = Cursor::parse(cursor, &name)?;
        query.push(part!("and (n.created_at, n.id) < (?, ?)"), args![created_at, id]);
    }
    query.push(part!("order by n.created_at desc, n.id desc limit ?"), args![limit.get() + 1]);
    let notes = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok((customer, Page::cut(notes, limit, |note| (note.created_at.millis(), note.id.into()), &name)))
}

/// A note that was just written or changed, beside its customer.
#[derive(Debug, Clone)]
pub struct CustomerNoted {
    pub customer: Customer,
    pub note: CustomerNote,
}

/// Writes a note on a customer.
///
/// # Errors
/// The profile is out of sight, or nothing is written.
pub async fn write_customer_note(
    tx: &mut Tx<NoteCreate>,
    customer: CustomerId,
    text: &NoteText,
    pinned: bool,
) -> Result<CustomerNoted, Refusal> {
    let shown = show(tx, customer).await?;
    must_say_something(text)?;
    let insert = sql!(
        "insert into customer_notes (workspace_id, id, customer_id, author_id, text, pinned, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, 1)"
    );
    let (id, now): (CustomerNoteId, _) = (tx.ids().next(), tx.now());
    let author = tx.viewer().member.ok_or(Error::NotFound)?;
    tx.run(insert, args![id, customer, author, &**text, pinned, now]).await?;
    tx.record(Event::new("customer_note.created", subject(customer)).payload(ids(customer, id)));
    Ok(CustomerNoted { customer: shown, note: find(tx, customer, id).await? })
}

/// Changes a note on a customer.
///
/// # Errors
/// Out of sight, somebody else's, changed meanwhile, nothing left of it, or it holds contact data that the actor sees
/// masked.
pub async fn edit_customer_note(
    tx: &mut Tx<NoteEdit>,
    customer: CustomerId,
    id: CustomerNoteId,
    change: CustomerNoteChange,
) -> Result<CustomerNoted, Refusal> {
    let (shown, before) = held(tx, customer, id).await?;
    if before.version != change.version {
        return Err(Refusal::NoteChanged { version: before.version });
    }
    // Who sees addresses in it masked would write the mask over them.
    let masked = shown.exposure(&tx.viewer()).text(&before.text) != before.text;
    if masked && change.text.is_some() {
        return Err(Refusal::Masked);
    }
    let text = change.text.map_or_else(|| before.text.clone(), String::from);
    must_say_something(&text)?;
    let pinned = change.pinned.unwrap_or(before.pinned);
    let fields = [("text", text != before.text), ("pinned", pinned != before.pinned)];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return Ok(CustomerNoted { customer: shown, note: before });
    }
    let update = sql!(
        "update customer_notes set text = $3, pinned = $4, version = version + 1,
            edited_at = case when $5 = 1 then $6 else edited_at end
         where workspace_id = $1 and id = $2"
    );
    let now = tx.now();
    tx.run(update, args![id, &text, pinned, text != before.text, now]).await?;
    let payload = json!({ "customer_id": customer, "note_id": id, "fields": fields });
    let told = |text: &str, pinned: bool| json!({ "text": text, "pinned": pinned });
    let changed = Event::new("customer_note.updated", subject(customer)).payload(payload);
    tx.record(changed.details(&told(&before.text, before.pinned), &told(&text, pinned)));
    Ok(CustomerNoted { customer: shown, note: find(tx, customer, id).await? })
}

/// Takes a note on a customer away.
///
/// # Errors
/// Out of sight, or somebody else's.
pub async fn delete_customer_note(
    tx: &mut Tx<NoteDelete>,
    customer: CustomerId,
    id: CustomerNoteId,
) -> Result<(), Refusal> {
    held(tx, customer, id).await?;
    let delete =
        sql!("update customer_notes set deleted_at = $3, version = version + 1 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(delete, args![id, now]).await?;
    tx.record(Event::new("customer_note.deleted", subject(customer)).payload(ids(customer, id)));
    tx.can_be_undone(json!({ "kind": "customer_note_deleted", "id": id }));
    Ok(())
}

/// Brings a note back that was taken away.
///
/// # Errors
/// No such note, or its customer is out of sight.
pub async fn restore_customer_note(work: &mut Work, id: CustomerNoteId) -> Result<(), Refusal> {
    let text = sql!(
        "update customer_notes set deleted_at = null, version = version + 1
         where workspace_id = $1 and id = $2 and deleted_at is not null returning customer_id"
    );
    let customer: CustomerId = work.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)?;
    show(work, customer).await?;
    work.record(Event::new("customer_note.restored", subject(customer)).payload(ids(customer, id)));
    Ok(())
}

async fn find(session: &mut Session, customer: CustomerId, id: CustomerNoteId) -> Result<CustomerNote, Error> {
    let mut query = Composed::new(NOTES, &[]);
    query.push(part!("and n.customer_id = ? and n.id = ?"), args![customer, id]);
    session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)?
}

/// A note that is there and the actor's to change, its row held.
async fn held<P: Right>(
    tx: &mut Tx<P>,
    customer: CustomerId,
    id: CustomerNoteId,
) -> Result<(Customer, CustomerNote), Refusal> {
    let shown = show(tx, customer).await?;
    let hold = sql!("update customer_notes set version = version where workspace_id = $1 and id = $2");
    tx.mark(hold, args![id]).await?;
    if tx.reach(Permission::NoteView) == Reach::None {
        return Err(Error::NotFound.into());
    }
    let note = find(tx, customer, id).await?;
    match P::RIGHT {
        RightId::Catalogue(permission) if tx.reach(permission) == Reach::Own && !note.is_own(&tx.viewer()) => {
            Err(Error::NotOwn { right: P::RIGHT }.into())
        }
        _ => Ok((shown, note)),
    }
}

fn must_say_something(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::EmptyNote) } else { Ok(()) }
}

fn subject(customer: CustomerId) -> Subject {
    Subject::new("customer", customer)
}

fn ids(customer: CustomerId, note: CustomerNoteId) -> Json {
    json!({ "customer_id": customer, "note_id": note })
}
