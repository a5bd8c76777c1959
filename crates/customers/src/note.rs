//! Notes on a customer: what a team knows of somebody beside any one conversation (C17). They are for those who may
//! open the profile and see notes. Here are their rows; writing them calls people and carries files, so that is an
//! operation of the floor above.

use kernel::{Cursor, CustomerId, CustomerNoteId, Limit, MemberId, Page, Timestamp};
use tenancy::{
    Composed, Error, Found, Permission, Reach, Right, RightId, Row, SearchEntry, Session, TenantSql, Tx, Viewer, Work,
    args, part, sql,
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

/// One note, for those who already found its customer; whether they see notes is theirs to ask.
///
/// # Errors
/// [`Error::NotFound`] for what is not on this customer or was taken away.
pub async fn customer_note(
    session: &mut Session,
    customer: CustomerId,
    id: CustomerNoteId,
) -> Result<CustomerNote, Error> {
    let mut query = Composed::new(NOTES, &[]);
    query.push(part!("and n.customer_id = ? and n.id = ?"), args![customer, id]);
    session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)?
}

/// A note that is there and the actor's to change, its row held, and its customer.
///
/// # Errors
/// Out of sight, or somebody else's where the right reaches one's own.
pub async fn held<P: Right>(
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
    let note = customer_note(tx, customer, id).await?;
    match P::RIGHT {
        RightId::Catalogue(permission) if tx.reach(permission) == Reach::Own && !note.is_own(&tx.viewer()) => {
            Err(Error::NotOwn { right: P::RIGHT }.into())
        }
        _ => Ok((shown, note)),
    }
}

/// Writes a note of the acting member.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn insert(work: &mut Work, customer: CustomerId, text: &str, pinned: bool) -> Result<CustomerNoteId, Error> {
    let insert = sql!(
        "insert into customer_notes (workspace_id, id, customer_id, author_id, text, pinned, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, 1)"
    );
    let (id, now): (CustomerNoteId, _) = (work.ids().next(), work.now());
    let author = work.viewer().member.ok_or(Error::NotFound)?;
    work.run(insert, args![id, customer, author, text, pinned, now]).await?;
    index(work, customer, id, text, now).await?;
    Ok(id)
}

/// Puts something else in a note's place. One whose text changed counts as edited.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn replace(work: &mut Work, before: &CustomerNote, text: &str, pinned: bool) -> Result<(), Error> {
    let update = sql!(
        "update customer_notes set text = $3, pinned = $4, edited_at = $5, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let rewritten = text != before.text;
    let edited_at = if rewritten { Some(work.now()) } else { before.edited_at };
    work.run(update, args![before.id, text, pinned, edited_at]).await?;
    if rewritten {
        work.unindex_customer_note(before.id).await?;
        index(work, before.customer_id, before.id, text, before.created_at).await?;
    }
    Ok(())
}

/// Takes a note away; nothing of it is shown or found.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn take_away(work: &mut Work, id: CustomerNoteId) -> Result<(), Error> {
    let delete =
        sql!("update customer_notes set deleted_at = $3, version = version + 1 where workspace_id = $1 and id = $2");
    let now = work.now();
    work.run(delete, args![id, now]).await?;
    work.unindex_customer_note(id).await
}

/// Brings a note back that was taken away; its customer.
///
/// # Errors
/// There is no such note, or its customer is out of sight.
pub async fn bring_back(work: &mut Work, id: CustomerNoteId) -> Result<CustomerId, Refusal> {
    let text = sql!(
        "update customer_notes set deleted_at = null, version = version + 1
         where workspace_id = $1 and id = $2 and deleted_at is not null returning customer_id, text, created_at"
    );
    let mut row = work.first(text, args![id]).await?.ok_or(Error::NotFound)?;
    let (customer, text, at): (_, String, _) = (row.take(0)?, row.take(1)?, row.take(2)?);
    show(work, customer).await?;
    index(work, customer, id, &text, at).await?;
    Ok(customer)
}

/// All notes of one customer become another's; which ones.
pub(crate) async fn hand_over_all(
    work: &mut Work,
    from: CustomerId,
    to: CustomerId,
) -> Result<Vec<CustomerNoteId>, Error> {
    let text = sql!("select id from customer_notes where workspace_id = $1 and customer_id = $2");
    let rows = work.all(text, args![from]).await?.into_iter();
    let notes = rows.map(|mut row| row.take(0)).collect::<Result<Vec<_>, Error>>()?;
    for note in &notes {
        hand_over(work, *note, from, to).await?;
    }
    Ok(notes)
}

/// One note goes from one customer to another, if it is still there, and is found there.
pub(crate) async fn hand_over(
    work: &mut Work,
    id: CustomerNoteId,
    from: CustomerId,
    to: CustomerId,
) -> Result<(), Error> {
    let note =
        sql!("update customer_notes set customer_id = $3 where workspace_id = $1 and id = $2 and customer_id = $4");
    let found = sql!(
        "update search_entries set customer_id = $3
         where workspace_id = $1 and note_id = $2 and kind = 'customer_note' and customer_id = $4"
    );
    work.run(note, args![id, to, from]).await?;
    work.run(found, args![id, to, from]).await.map(drop)
}

async fn index(
    work: &mut Work,
    customer: CustomerId,
    id: CustomerNoteId,
    text: &str,
    at: Timestamp,
) -> Result<(), Error> {
    work.index(&SearchEntry { customer, of: Found::CustomerNote(id), at, text }).await
}
