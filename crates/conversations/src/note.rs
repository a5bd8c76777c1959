//! Notes in a conversation: what members tell each other between what is said to the customer. A note is a message
//! among members. It is served to whoever may see notes, on every way out, and to no customer on any.

use customers::masking::Exposure;
use kernel::{AttachmentId, ConversationId, NoteText};
use serde_json::json;
use tenancy::{
    Actor, Error, Event, NoteCreate, NoteDelete, NoteEdit, Part, Permission, Reach, Right, RightId, Session, Subject,
    Tx, Work, args, part, sql,
};

use crate::{
    Author, Conversation, Direction, DraftMode, Mention, Message, NoteRefusal, Refusal, ToolRefusal, attachment,
    conversation::{Held, hold, reread},
    draft, handover, mention,
    message::{NewMessage, message},
    reading, receive,
    undo::{Step, can_be_undone},
};

/// What a member writes for the team.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub text: NoteText,
    pub attachments: Vec<AttachmentId>,
    pub mentions: Vec<Mention>,
    pub client_id: Option<String>,
}

/// What to change about a note; what is `None` stays.
#[derive(Debug, Clone)]
pub struct NoteChange {
    /// The version that was looked at.
    pub version: i64,
    pub text: Option<NoteText>,
    pub mentions: Option<Vec<Mention>>,
}

/// A note, and the conversation as it now stands.
#[derive(Debug, Clone)]
pub struct Noted {
    pub conversation: Conversation,
    pub message: Message,
}

/// Whether the session's actor sees what members tell each other.
pub(crate) fn are_seen_by(session: &Session) -> bool {
    matches!(session.actor(), Actor::Duty(_)) || session.reach(Permission::NoteView) != Reach::None
}

/// Which entries of the search are messages that the session's actor sees, as far as notes are concerned.
pub(crate) fn found(session: &Session) -> Part {
    if are_seen_by(session) { part!("and e.kind in ('message', 'note')") } else { part!("and e.kind = 'message'") }
}

/// The same for entries of customers.
pub(crate) fn found_of_customers(session: &Session) -> Part {
    if are_seen_by(session) {
        part!("and e.kind in ('customer', 'customer_note')")
    } else {
        part!("and e.kind = 'customer'")
    }
}

/// Writes a note, whatever the conversation's status.
///
/// # Errors
/// Out of sight, nothing written, or somebody cannot be mentioned.
pub async fn write_note(tx: &mut Tx<NoteCreate>, id: ConversationId, new: NewNote) -> Result<Noted, Refusal> {
    let held = hold(tx, id).await?;
    let seq = post(tx, &held, new).await?;
    noted(tx, id, seq).await
}

/// Writes a note into a conversation that is held; returns its sequence.
///
/// # Errors
/// Nothing written, or somebody cannot be mentioned.
pub(crate) async fn post(work: &mut Work, held: &Held, new: NewNote) -> Result<i64, Refusal> {
    let mentions = mention::allowed(work, &new.mentions).await?;
    let attachments = attachment::link(work, &new.attachments, held.id).await?;
    attachment::keep_inside(work, &attachments).await?;
    if new.text.trim().is_empty() && attachments.is_empty() {
        return Err(Refusal::EmptyMessage);
    }
    let next = sql!(
        "update conversations set last_seq = last_seq + 1, version = version + 1
         where workspace_id = $1 and id = $2 returning last_seq"
    );
    let seq = work.first(next, args![held.id]).await?.ok_or(Error::NotFound)?.take(0)?;
    let message = NewMessage {
        conversation: held.id,
        seq,
        direction: Direction::Internal,
        author: Author::of_member(work)?,
        text: &new.text,
        attachments: &attachments,
        client_id: new.client_id.as_deref(),
        send_at: None,
    };
    let message = message.write(work).await?;
    receive::index(work, held.customer, &message).await?;
    mention::write(work, held.id, seq, &mentions).await?;
    reading::mark(work, held.id, seq).await?;
    draft::sent(work, held.id, DraftMode::Note, &new.text).await?;
    let payload = json!({ "conversation_id": held.id, "seq": seq, "message_id": message.id });
    record(work, "note.created", held, payload, None);
    tell(work, held, seq, &mentions).await?;
    Ok(seq)
}

/// Changes a note. Whom it calls now and did not before is told.
///
/// # Errors
/// Out of sight, no note, somebody else's, changed meanwhile, nothing left of it, or somebody cannot be mentioned.
pub async fn edit_note(
    tx: &mut Tx<NoteEdit>,
    id: ConversationId,
    seq: i64,
    change: NoteChange,
) -> Result<Noted, Refusal> {
    let held = hold(tx, id).await?;
    let before = find(tx, id, seq).await?;
    if before.version != change.version {
        return Err(NoteRefusal::Changed { version: before.version }.into());
    }
    let contact = reread(tx, id).await?.contact;
    // Who sees addresses in it masked would write the mask over them.
    let masked = Exposure::beside_conversation(&tx.viewer(), contact).text(&before.text) != before.text;
    if masked && change.text.is_some() {
        return Err(customers::Refusal::Masked.into());
    }
    let text = change.text.map_or_else(|| before.text.clone(), String::from);
    if text.trim().is_empty() && before.attachments.is_empty() {
        return Err(Refusal::EmptyMessage);
    }
    let called: Vec<Mention> = before.mentions.iter().map(|one| one.mention).collect();
    let mentions = match &change.mentions {
        Some(mentions) => mention::allowed(tx, mentions).await?,
        None => called.clone(),
    };
    let fields = [("text", text != before.text), ("mentions", mentions != called)];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return noted(tx, id, seq).await;
    }
    let update = sql!(
        "update messages set text = $4, edited_at = $5, version = version + 1
         where workspace_id = $1 and conversation_id = $2 and seq = $3"
    );
    let now = tx.now();
    tx.run(update, args![id, seq, &text, now]).await?;
    tx.unindex_note(id, seq).await?;
    receive::index(tx, held.customer, &Message { text: text.clone(), ..before.clone() }).await?;
    mention::write(tx, id, seq, &mentions).await?;
    let payload = json!({ "conversation_id": id, "seq": seq, "message_id": before.id, "fields": fields });
    record(tx, "note.updated", &held, payload, Some((&before.text, &text)));
    let new: Vec<Mention> = mentions.into_iter().filter(|mention| !called.contains(mention)).collect();
    tell(tx, &held, seq, &new).await?;
    noted(tx, id, seq).await
}

/// Writes a note of nothing but text, as macros and bulk actions do; it can be taken back while nobody changed it.
///
/// # Errors
/// Out of sight, or nothing written.
pub(crate) async fn jot(tx: &mut Tx<NoteCreate>, id: ConversationId, text: NoteText) -> Result<(), Refusal> {
    let new = NewNote { text, attachments: Vec::new(), mentions: Vec::new(), client_id: None };
    let seq = write_note(tx, id, new).await?.message.seq;
    Ok(can_be_undone(tx, &Step::NoteWritten { id, seq })?)
}

/// Takes a note back that its author wrote and nobody changed since.
///
/// # Errors
/// Its conversation is out of sight, or the note was changed or taken away.
pub(crate) async fn take_back(work: &mut Work, id: ConversationId, seq: i64) -> Result<(), Refusal> {
    let held = hold(work, id).await?;
    let note = message(work, id, seq).await?.filter(|one| !one.deleted && one.version == 1);
    take_away(work, &held, &note.ok_or(ToolRefusal::Overtaken)?).await
}

/// Takes a note away: its place stays, nothing of it is shown or found.
///
/// # Errors
/// Out of sight, no note, or somebody else's.
pub async fn delete_note(tx: &mut Tx<NoteDelete>, id: ConversationId, seq: i64) -> Result<Noted, Refusal> {
    let held = hold(tx, id).await?;
    let gone = find(tx, id, seq).await?;
    take_away(tx, &held, &gone).await?;
    can_be_undone(tx, &Step::NoteDeleted { id, seq })?;
    noted(tx, id, seq).await
}

async fn take_away(work: &mut Work, held: &Held, gone: &Message) -> Result<(), Refusal> {
    let (id, seq) = (held.id, gone.seq);
    let delete = sql!(
        "update messages set deleted_at = $4, version = version + 1
         where workspace_id = $1 and conversation_id = $2 and seq = $3"
    );
    let now = work.now();
    work.run(delete, args![id, seq, now]).await?;
    work.unindex_note(id, seq).await?;
    let payload = json!({ "conversation_id": id, "seq": seq, "message_id": gone.id });
    record(work, "note.deleted", held, payload, None);
    Ok(())
}

/// Brings a note back that was taken away.
///
/// # Errors
/// Its conversation is out of sight, or there is no such note.
pub(crate) async fn restore(work: &mut Work, id: ConversationId, seq: i64) -> Result<(), Refusal> {
    let held = hold(work, id).await?;
    let text = sql!(
        "update messages set deleted_at = null, version = version + 1
         where workspace_id = $1 and conversation_id = $2 and seq = $3 and deleted_at is not null"
    );
    if work.run(text, args![id, seq]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    let note = message(work, id, seq).await?.ok_or(Error::NotFound)?;
    receive::index(work, held.customer, &note).await?;
    let payload = json!({ "conversation_id": id, "seq": seq, "message_id": note.id });
    record(work, "note.restored", &held, payload, None);
    Ok(())
}

/// A note that is there, and the actor's to change.
async fn find<P: Right>(tx: &mut Tx<P>, id: ConversationId, seq: i64) -> Result<Message, Refusal> {
    let seen = are_seen_by(tx);
    let note = message(tx, id, seq).await?.filter(|one| seen && one.direction == Direction::Internal && !one.deleted);
    let note = note.ok_or(Error::NotFound)?;
    let own = note.author.id.is_some() && note.author.id == tx.viewer().member.map(Into::into);
    match P::RIGHT {
        RightId::Catalogue(permission) if tx.reach(permission) == Reach::Own && !own => {
            Err(Error::NotOwn { right: P::RIGHT }.into())
        }
        _ => Ok(note),
    }
}

async fn noted(work: &mut Work, id: ConversationId, seq: i64) -> Result<Noted, Refusal> {
    let message = message(work, id, seq).await?.ok_or(Error::NotFound)?;
    Ok(Noted { conversation: reread(work, id).await?, message })
}

/// Tells those who are called, each by themselves or by a team.
async fn tell(work: &mut Work, held: &Held, seq: i64, mentions: &[Mention]) -> Result<(), Refusal> {
    let called = mention::called(work, mentions).await?;
    if !called.is_empty() {
        let teams = mentions.iter().filter(|one| matches!(one, Mention::Team(_))).map(|team| team.id());
        let teams: Vec<_> = teams.collect();
        let payload = json!({ "conversation_id": held.id, "seq": seq, "members": called, "teams": teams });
        record(work, "note.mentioned", held, payload, None);
    }
    Ok(())
}

fn record(work: &mut Work, kind: &'static str, held: &Held, payload: serde_json::Value, texts: Option<(&str, &str)>) {
    let sight = Some(held.sight());
    let event = Event::new(kind, Subject::new("conversation", held.id)).sight(sight, sight).payload(payload);
    work.record(match texts {
        Some((before, after)) => event.details(&json!({ "text": before }), &json!({ "text": after })),
        None => event,
    });
}

/// Completes notes among these messages of one conversation, in the order of their sequences, by whom they call and
/// by the hand-overs they came with.
pub(crate) async fn complete(session: &mut Session, id: ConversationId, messages: &mut [Message]) -> Result<(), Error> {
    let mut notes = messages.iter().filter(|one| one.direction == Direction::Internal).map(|one| one.seq);
    let Some(first) = notes.next() else { return Ok(()) };
    let last = notes.next_back().unwrap_or(first);
    let range = (first.min(last), first.max(last));
    let mut mentioned = mention::mentioned(session, id, range).await?;
    let handovers = handover::of_notes(session, id, range).await?;
    for message in messages.iter_mut().filter(|one| one.direction == Direction::Internal) {
        message.mentions = mentioned.remove(&message.seq).filter(|_| !message.deleted).unwrap_or_default();
        message.handover = handovers.get(&message.seq).copied();
    }
    Ok(())
}
