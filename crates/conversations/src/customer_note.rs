//! Writing notes on a customer. They call people and carry files as notes in a conversation do; their rows, and who
//! sees them, are the customer's.

use customers::{
    Customer,
    note::{self as rows, CustomerNote},
};
use kernel::{AttachmentId, CustomerId, CustomerNoteId, Limit, NoteText, Page};
use serde_json::{Value as Json, json};
use tenancy::{Error, Event, NoteCreate, NoteDelete, NoteEdit, Session, Subject, Tx, Work};

use crate::{
    AttachmentRef, Mention, Mentioned, Message, NoteRefusal, Refusal, attachment, mention, message,
    undo::{Step, can_be_undone},
};

/// A note on a customer with what it carries and whom it calls.
#[derive(Debug, Clone)]
pub struct ProfileNote {
    pub note: CustomerNote,
    pub attachments: Vec<AttachmentRef>,
    pub mentions: Vec<Mentioned>,
}

/// What a member writes about a customer.
#[derive(Debug, Clone)]
pub struct NewProfileNote {
    pub text: NoteText,
    pub pinned: bool,
    pub attachments: Vec<AttachmentId>,
    pub mentions: Vec<Mention>,
}

/// What to change about a note; what is `None` stays.
#[derive(Debug, Clone)]
pub struct ProfileNoteChange {
    /// The version that was looked at.
    pub version: i64,
    pub text: Option<NoteText>,
    pub pinned: Option<bool>,
    pub mentions: Option<Vec<Mention>>,
}

/// A note that was just written or changed, beside its customer.
#[derive(Debug, Clone)]
pub struct ProfileNoted {
    pub customer: Customer,
    pub note: ProfileNote,
}

/// One page of the notes on a customer, newest first.
///
/// # Errors
/// The profile is out of sight, the cursor is not this list's, or the database cannot answer.
pub async fn profile_notes(
    session: &mut Session,
    customer: CustomerId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<(Customer, Page<ProfileNote>), Refusal> {
    let (customer, page) = rows::customer_notes(session, customer, limit, cursor).await?;
    let Page { items, next } = page;
    Ok((customer, Page { items: complete(session, items).await?, next }))
}

/// One page of what was noted in the conversations of a customer that the session's actor sees, newest first.
///
/// # Errors
/// The profile is out of sight, the cursor is not this list's, or the database cannot answer.
pub async fn notes_in_conversations(
    session: &mut Session,
    customer: CustomerId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<(Customer, Page<Message>), Refusal> {
    let shown = customers::show(session, customer).await?;
    Ok((shown, message::notes_of_customer(session, customer, limit, cursor).await?))
}

/// Writes a note on a customer.
///
/// # Errors
/// The profile is out of sight, nothing is written, a file is not the actor's, or somebody cannot be mentioned.
pub async fn write_profile_note(
    tx: &mut Tx<NoteCreate>,
    customer: CustomerId,
    new: NewProfileNote,
) -> Result<ProfileNoted, Refusal> {
    let shown = customers::show(tx, customer).await?;
    let mentions = mention::allowed(tx, &new.mentions).await?;
    let id = rows::insert(tx, customer, &new.text, new.pinned).await?;
    let attachments = attachment::link_to_note(tx, &new.attachments, id).await?;
    if new.text.trim().is_empty() && attachments.is_empty() {
        return Err(NoteRefusal::Empty.into());
    }
    mention::write_on_customer(tx, id, &mentions).await?;
    tx.record(Event::new("customer_note.created", subject(customer)).payload(ids(customer, id)));
    tell(tx, customer, id, &mentions).await?;
    noted(tx, shown, id).await
}

/// Changes a note on a customer. Whom it calls now and did not before is told.
///
/// # Errors
/// Out of sight, somebody else's, changed meanwhile, nothing left of it, somebody cannot be mentioned, or it holds
/// contact data that the actor sees masked.
pub async fn edit_profile_note(
    tx: &mut Tx<NoteEdit>,
    customer: CustomerId,
    id: CustomerNoteId,
    change: ProfileNoteChange,
) -> Result<ProfileNoted, Refusal> {
    let (shown, before) = rows::held(tx, customer, id).await?;
    if before.version != change.version {
        return Err(NoteRefusal::Changed { version: before.version }.into());
    }
    // Who sees addresses in it masked would write the mask over them.
    let masked = shown.exposure(&tx.viewer()).text(&before.text) != before.text;
    if masked && change.text.is_some() {
        return Err(customers::Refusal::Masked.into());
    }
    let ProfileNote { note: before, attachments, mentions } = one(tx, before).await?;
    let text = change.text.map_or_else(|| before.text.clone(), String::from);
    if text.trim().is_empty() && attachments.is_empty() {
        return Err(NoteRefusal::Empty.into());
    }
    let pinned = change.pinned.unwrap_or(before.pinned);
    let called: Vec<Mention> = mentions.iter().map(|one| one.mention).collect();
    let mentions = match &change.mentions {
        Some(mentions) => mention::allowed(tx, mentions).await?,
        None => called.clone(),
    };
    let new: Vec<Mention> = mentions.iter().filter(|mention| !called.contains(mention)).copied().collect();
    let calls_others = !new.is_empty() || mentions.len() != called.len();
    let fields = [("text", text != before.text), ("pinned", pinned != before.pinned), ("mentions", calls_others)];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return noted(tx, shown, id).await;
    }
    rows::replace(tx, &before, &text, pinned).await?;
    mention::write_on_customer(tx, id, &mentions).await?;
    let payload = json!({ "customer_id": customer, "note_id": id, "fields": fields });
    let said = |text: &str, pinned: bool| json!({ "text": text, "pinned": pinned });
    let changed = Event::new("customer_note.updated", subject(customer)).payload(payload);
    tx.record(changed.details(&said(&before.text, before.pinned), &said(&text, pinned)));
    tell(tx, customer, id, &new).await?;
    noted(tx, shown, id).await
}

/// Takes a note on a customer away.
///
/// # Errors
/// Out of sight, or somebody else's.
pub async fn delete_profile_note(
    tx: &mut Tx<NoteDelete>,
    customer: CustomerId,
    id: CustomerNoteId,
) -> Result<(), Refusal> {
    rows::held(tx, customer, id).await?;
    rows::take_away(tx, id).await?;
    tx.record(Event::new("customer_note.deleted", subject(customer)).payload(ids(customer, id)));
    Ok(can_be_undone(tx, &Step::CustomerNoteDeleted { id })?)
}

/// Brings a note back that was taken away.
///
/// # Errors
/// No such note, or its customer is out of sight.
pub(crate) async fn restore(work: &mut Work, id: CustomerNoteId) -> Result<(), Refusal> {
    let customer = rows::bring_back(work, id).await?;
    work.record(Event::new("customer_note.restored", subject(customer)).payload(ids(customer, id)));
    Ok(())
}

/// Tells those who are called, each by themselves or by a team.
async fn tell(work: &mut Work, customer: CustomerId, id: CustomerNoteId, mentions: &[Mention]) -> Result<(), Refusal> {
    let called = mention::called(work, mentions).await?;
    if !called.is_empty() {
        let teams: Vec<_> =
            mentions.iter().filter(|one| matches!(one, Mention::Team(_))).map(|team| team.id()).collect();
        let payload = json!({ "customer_id": customer, "note_id": id, "members": called, "teams": teams });
        work.record(Event::new("customer_note.mentioned", subject(customer)).payload(payload));
    }
    Ok(())
}

async fn noted(session: &mut Session, customer: Customer, id: CustomerNoteId) -> Result<ProfileNoted, Refusal> {
    let note = rows::customer_note(session, customer.id, id).await?;
    Ok(ProfileNoted { note: one(session, note).await?, customer })
}

async fn one(session: &mut Session, note: CustomerNote) -> Result<ProfileNote, Error> {
    complete(session, vec![note]).await?.pop().ok_or(Error::NotFound)
}

/// Completes notes by what they carry and whom they call.
async fn complete(session: &mut Session, notes: Vec<CustomerNote>) -> Result<Vec<ProfileNote>, Error> {
    let ids: Vec<_> = notes.iter().map(|note| note.id).collect();
    let mut attachments = attachment::beside_notes(session, &ids).await?;
    let mut mentions = mention::mentioned_on_customers(session, &ids).await?;
    let complete = |note: CustomerNote| ProfileNote {
        attachments: attachments.remove(&note.id).unwrap_or_default(),
        mentions: mentions.remove(&note.id).unwrap_or_default(),
        note,
    };
    Ok(notes.into_iter().map(complete).collect())
}

fn subject(customer: CustomerId) -> Subject {
    Subject::new("customer", customer)
}

fn ids(customer: CustomerId, note: CustomerNoteId) -> Json {
    json!({ "customer_id": customer, "note_id": note })
}
