//! Files beside messages. A file is uploaded first and attached when its message is sent; until then it is its
//! uploader's alone.

use kernel::{AttachmentId, ChannelId, ConversationId, CustomerId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Actor, ConversationReply, Error, Event, NoteCreate, Row, Session, SightPoint, Subject, Tx, VisitorChat, Work, args,
    sql,
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

/// Attaches files to a message that is being written. Only the uploader's own, and each once: anything else is
/// nothing here.
pub(crate) async fn link(
    work: &mut Work,
    ids: &[AttachmentId],
    conversation: ConversationId,
) -> Result<Vec<AttachmentRef>, Refusal> {
    if ids.len() > MOST_ATTACHMENTS {
        return Err(Refusal::TooManyAttachments);
    }
    let text = sql!(
        "update attachments set conversation_id = $3
         where workspace_id = $1 and id = $2 and conversation_id is null and uploaded_by_kind = $4 and uploaded_by = $5
         returning id, name, content_type, size"
    );
    let mut linked = Vec::with_capacity(ids.len());
    for id in ids {
        let (kind, uploader) = (work.actor().kind(), work.actor().id());
        let mut row = work.first(text, args![*id, conversation, kind, uploader]).await?.ok_or(Error::NotFound)?;
        linked.push(reference(&mut row)?);
    }
    Ok(linked)
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
    /// Where its conversation stands, if it was sent.
    sent: Option<(SightPoint, ChannelId)>,
    /// It is beside a note.
    internal: bool,
}

async fn find(session: &mut Session, id: AttachmentId) -> Result<Found, Error> {
    let text = sql!(
        "select f.id, f.name, f.content_type, f.size, f.content_hash, f.conversation_id, f.created_at,
            f.uploaded_by_kind, f.uploaded_by, c.assignee_id, c.team_id, c.customer_id, c.channel_id, f.internal
         from attachments f
         left join conversations c on c.workspace_id = f.workspace_id and c.id = f.conversation_id
         where f.workspace_id = $1 and f.id = $2"
    );
    let mut row = session.first(text, args![id]).await?.ok_or(Error::NotFound)?;
    let customer: Option<CustomerId> = row.take(11)?;
    let sent = match customer {
        Some(customer) => Some((SightPoint { assignee: row.take(9)?, team: row.take(10)?, customer }, row.take(12)?)),
        None => None,
    };
    let file = reference(&mut row)?;
    Ok(Found {
        attachment: Attachment { file, hash: row.take(4)?, conversation_id: row.take(5)?, created_at: row.take(6)? },
        uploader: (row.take(7)?, row.take(8)?),
        sent,
        internal: row.take(13)?,
    })
}

impl Found {
    fn is_from(&self, actor: &Actor) -> bool {
        self.uploader.0 == actor.kind() && Some(self.uploader.1) == actor.id()
    }
}

/// A file that a member may download: of a conversation it sees, or its own that is not sent yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn attachment(session: &mut Session, id: AttachmentId) -> Result<Attachment, Refusal> {
    let found = find(session, id).await?;
    let visible = match &found.sent {
        Some((sight, _)) => Visibility::of(session).sees(sight) && (!found.internal || note::are_seen_by(session)),
        None => found.is_from(session.actor()),
    };
    if visible { Ok(found.attachment) } else { Err(Error::NotFound.into()) }
}

/// A file that a visitor may download: of its own conversation, or its own that is not sent yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn visitor_attachment(session: &mut Session, id: AttachmentId) -> Result<Attachment, Refusal> {
    let found = find(session, id).await?;
    match &found.sent {
        Some(_) if found.internal => return Err(Error::NotFound.into()),
        Some((sight, channel)) => must_be_visitors(session.actor(), sight.customer, *channel)?,
        None if found.is_from(session.actor()) => {}
        None => return Err(Error::NotFound.into()),
    }
    Ok(found.attachment)
}
