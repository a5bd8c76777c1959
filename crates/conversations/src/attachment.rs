//! Files beside messages and notes. A file is uploaded first and attached when what it belongs to is written; until
//! then it is its uploader's alone.

use std::collections::HashMap;

use kernel::{AttachmentId, ChannelId, ConversationId, CustomerId, CustomerNoteId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Actor, Composed, ConversationReply, Error, Event, NoteCreate, Row, Session, SightPoint, Subject, Tx, VisitorChat,
    Work, args, part, sql,
};
use uuid::Uuid;

use crate::{Refusal, StoredFile, Visibility, note, visit::must_be_visitors};

/// No message carries more.
pub const MOST_ATTACHMENTS: usize = 10;

/// What a message says of a file it carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRef {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    pub size: i64,
}

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub file: AttachmentRef,
    /// Its content in the store.
    pub hash: [u8; 32],
    pub conversation_id: Option<ConversationId>,
    pub created_at: Timestamp,
}

/// A member uploads a file for an answer.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn upload(tx: &mut Tx<ConversationReply>, file: StoredFile) -> Result<AttachmentRef, Refusal> {
    Ok(record(tx, file).await?)
}

/// A member uploads a file for a note.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn upload_for_note(tx: &mut Tx<NoteCreate>, file: StoredFile) -> Result<AttachmentRef, Refusal> {
    Ok(record(tx, file).await?)
}

/// A visitor uploads a file for a message.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn visitor_upload(tx: &mut Tx<VisitorChat>, file: StoredFile) -> Result<AttachmentRef, Refusal> {
    Ok(record(tx, file).await?)
}

async fn record(work: &mut Work, file: StoredFile) -> Result<AttachmentRef, Error> {
    let text = sql!(
        "insert into attachments (workspace_id, id, name, content_type, size, content_hash, uploaded_by_kind,
            uploaded_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let (id, now): (AttachmentId, _) = (work.ids().next(), work.now());
    let size = i64::try_from(file.size).map_err(|_| Error::Corrupt("file size".into()))?;
    let (kind, uploader) = (work.actor().kind(), work.actor().id().ok_or(Error::NotFound)?);
    work.run(text, args![id, &file.name, &file.content_type, size, file.hash, kind, uploader, now]).await?;
    let payload = json!({ "attachment_id": id, "size": size, "content_type": file.content_type });
    work.record(Event::new("attachment.uploaded", Subject::new("attachment", id)).payload(payload));
    Ok(AttachmentRef { id, name: file.name, content_type: file.content_type, size })
}

/// Attaches files to a message that is being written.
pub(crate) async fn link(
    work: &mut Work,
    ids: &[AttachmentId],
    conversation: ConversationId,
) -> Result<Vec<AttachmentRef>, Refusal> {
    attach(work, ids, (Some(conversation), None)).await
}

/// Attaches files to a note on a customer, among members.
pub(crate) async fn link_to_note(
    work: &mut Work,
    ids: &[AttachmentId],
    note: CustomerNoteId,
) -> Result<Vec<AttachmentRef>, Refusal> {
    let files = attach(work, ids, (None, Some(note))).await?;
    keep_inside(work, &files).await?;
    Ok(files)
}

/// Only the uploader's own, and each once: anything else is nothing here.
async fn attach(
    work: &mut Work,
    ids: &[AttachmentId],
    (conversation, note): (Option<ConversationId>, Option<CustomerNoteId>),
) -> Result<Vec<AttachmentRef>, Refusal> {
    if ids.len() > MOST_ATTACHMENTS {
        return Err(Refusal::TooManyAttachments);
    }
    let text = sql!(
        "update attachments set conversation_id = $3, customer_note_id = $4
         where workspace_id = $1 and id = $2 and conversation_id is null and customer_note_id is null
            and uploaded_by_kind = $5 and uploaded_by = $6
         returning id, name, content_type, size"
    );
    let mut linked = Vec::with_capacity(ids.len());
    for id in ids {
        let (kind, uploader) = (work.actor().kind(), work.actor().id());
        let values = args![*id, conversation, note, kind, uploader];
        linked.push(reference(&mut work.first(text, values).await?.ok_or(Error::NotFound)?)?);
    }
    Ok(linked)
}

/// What these notes on customers carry, by note.
pub(crate) async fn beside_notes(
    session: &mut Session,
    notes: &[CustomerNoteId],
) -> Result<HashMap<CustomerNoteId, Vec<AttachmentRef>>, Error> {
    let mut query = Composed::new(
        sql!("select id, name, content_type, size, customer_note_id from attachments where workspace_id = $1"),
        &[],
    );
    let notes: Vec<_> = notes.iter().map(|note| (*note).into()).collect();
    query.push(part!("and customer_note_id in ("), &[]).push_ids(&notes).push(part!("order by id"), &[]);
    let mut files: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in session.list(&query).await? {
        files.entry(row.take(4)?).or_default().push(reference(&mut row)?);
    }
    Ok(files)
}

/// Keeps files that were just attached among members.
pub(crate) async fn keep_inside(work: &mut Work, files: &[AttachmentRef]) -> Result<(), Error> {
    let text = sql!("update attachments set internal = 1 where workspace_id = $1 and id = $2");
    for file in files {
        work.run(text, args![file.id]).await?;
    }
    Ok(())
}

/// Gives files back to who uploaded them, as if they had not been sent.
pub(crate) async fn unlink(work: &mut Work, files: &[AttachmentRef]) -> Result<(), Error> {
    let text = sql!("update attachments set conversation_id = null where workspace_id = $1 and id = $2");
    for file in files {
        work.run(text, args![file.id]).await?;
    }
    Ok(())
}

fn reference(row: &mut Row) -> Result<AttachmentRef, Error> {
    Ok(AttachmentRef { id: row.take(0)?, name: row.take(1)?, content_type: row.take(2)?, size: row.take(3)? })
}

/// A file as its download finds it.
struct Found {
    attachment: Attachment,
    uploader: (String, Uuid),
    place: Place,
    /// It is beside a note.
    internal: bool,
}

/// Where a file belongs.
enum Place {
    Unsent,
    /// In a conversation that stands there.
    Conversation(SightPoint, ChannelId),
    /// Beside a note on a customer; nowhere any more once the note was taken away.
    Customer(Option<CustomerId>),
}

async fn find(session: &mut Session, id: AttachmentId) -> Result<Found, Error> {
    let text = sql!(
        "select f.id, f.name, f.content_type, f.size, f.content_hash, f.conversation_id, f.created_at,
            f.uploaded_by_kind, f.uploaded_by, c.assignee_id, c.team_id, c.customer_id, c.channel_id, f.internal,
            f.customer_note_id, n.customer_id
         from attachments f
         left join conversations c on c.workspace_id = f.workspace_id and c.id = f.conversation_id
         left join customer_notes n on n.workspace_id = f.workspace_id and n.id = f.customer_note_id
            and n.deleted_at is null
         where f.workspace_id = $1 and f.id = $2"
    );
    let mut row = session.first(text, args![id]).await?.ok_or(Error::NotFound)?;
    let place = match (row.take::<Option<CustomerId>>(11)?, row.take::<Option<CustomerNoteId>>(14)?) {
        (Some(customer), _) => {
            Place::Conversation(SightPoint { assignee: row.take(9)?, team: row.take(10)?, customer }, row.take(12)?)
        }
        (None, Some(_)) => Place::Customer(row.take(15)?),
        (None, None) => Place::Unsent,
    };
    let file = reference(&mut row)?;
    Ok(Found {
        attachment: Attachment { file, hash: row.take(4)?, conversation_id: row.take(5)?, created_at: row.take(6)? },
        uploader: (row.take(7)?, row.take(8)?),
        place,
        internal: row.take(13)?,
    })
}

impl Found {
    fn is_from(&self, actor: &Actor) -> bool {
        self.uploader.0 == actor.kind() && Some(self.uploader.1) == actor.id()
    }
}

/// A file that a member may download: of a conversation or a customer it sees, or its own that is not sent yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn attachment(session: &mut Session, id: AttachmentId) -> Result<Attachment, Refusal> {
    let found = find(session, id).await?;
    let visible = match &found.place {
        _ if found.internal && !note::are_seen_by(session) => false,
        Place::Conversation(sight, _) => Visibility::of(session).sees(sight),
        Place::Customer(Some(customer)) => {
            customers::show(session, *customer).await?;
            true
        }
        Place::Customer(None) => false,
        Place::Unsent => found.is_from(session.actor()),
    };
    if visible { Ok(found.attachment) } else { Err(Error::NotFound.into()) }
}

/// A file that a visitor may download: of its own conversation, or its own that is not sent yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn visitor_attachment(session: &mut Session, id: AttachmentId) -> Result<Attachment, Refusal> {
    let found = find(session, id).await?;
    match &found.place {
        _ if found.internal => return Err(Error::NotFound.into()),
        Place::Conversation(sight, channel) => must_be_visitors(session.actor(), sight.customer, *channel)?,
        Place::Unsent if found.is_from(session.actor()) => {}
        Place::Customer(_) | Place::Unsent => return Err(Error::NotFound.into()),
    }
    Ok(found.attachment)
}
