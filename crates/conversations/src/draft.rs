//! What a member has begun to write: theirs alone, kept by the server so that it survives a reload and a change of
//! device. Writing one leaves no event (ruling 9).

use kernel::{ConversationId, LongText, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{ConversationView, Error, Row, Session, Tx, Work, args, sql};
use utoipa::ToSchema;

use crate::{
    Refusal, ToolRefusal,
    conversation::{named, show},
};

/// What a draft is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftMode {
    Reply,
    Note,
}

impl DraftMode {
    const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Reply, Self::Note].into_iter().find(|mode| mode.name() == name)
    }
}

/// A member's draft in one conversation: a reply and a note side by side.
#[derive(Debug, Clone)]
pub struct Draft {
    pub conversation_id: ConversationId,
    pub reply: String,
    pub note: String,
    /// The one that was being written.
    pub mode: DraftMode,
    /// Rises with every change; 0 where nothing was written yet.
    pub version: i64,
    /// `None` where nothing was written yet.
    pub updated_at: Option<Timestamp>,
}

/// What the member has written by now.
#[derive(Debug, Clone)]
pub struct DraftChange {
    pub reply: LongText,
    pub note: LongText,
    pub mode: DraftMode,
    /// The version it goes on from.
    pub version: i64,
}

fn read(mut row: Row) -> Result<Draft, Error> {
    Ok(Draft {
        conversation_id: row.take(0)?,
        reply: row.take(1)?,
        note: row.take(2)?,
        mode: named(&mut row, 3, DraftMode::parse)?,
        version: row.take(4)?,
        updated_at: Some(row.take(5)?),
    })
}

/// The member's draft in a conversation they see; an empty one where nothing was written yet.
///
/// # Errors
/// Out of sight.
pub async fn draft(session: &mut Session, id: ConversationId) -> Result<Draft, Refusal> {
    show(session, id).await?;
    Ok(stored(session, id).await?)
}

async fn stored(session: &mut Session, id: ConversationId) -> Result<Draft, Error> {
    let text = sql!(
        "select conversation_id, reply, note, mode, version, updated_at from drafts
         where workspace_id = $1 and member_id = $2 and conversation_id = $3"
    );
    let nothing = || Draft {
        conversation_id: id,
        reply: String::new(),
        note: String::new(),
        mode: DraftMode::Reply,
        version: 0,
        updated_at: None,
    };
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    session.first(text, args![me, id]).await?.map_or_else(|| Ok(nothing()), read)
}

/// The member's drafts, the newest first, for marking their conversations in a list.
///
/// # Errors
/// The database cannot answer.
pub async fn drafts(session: &mut Session) -> Result<Vec<Draft>, Refusal> {
    let text = sql!(
        "select conversation_id, reply, note, mode, version, updated_at from drafts
         where workspace_id = $1 and member_id = $2 and (reply <> '' or note <> '')
         order by updated_at desc, conversation_id limit 100"
    );
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    Ok(session.all(text, args![me]).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// Keeps what the member has written by now. What another of their windows wrote meanwhile is not lost by it.
///
/// # Errors
/// Out of sight, or the draft was changed elsewhere.
pub async fn keep_draft(
    tx: &mut Tx<ConversationView>,
    id: ConversationId,
    change: DraftChange,
) -> Result<Draft, Refusal> {
    let text = sql!(
        "insert into drafts (workspace_id, member_id, conversation_id, reply, note, mode, version, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (workspace_id, member_id, conversation_id) do update set
            reply = excluded.reply, note = excluded.note, mode = excluded.mode, version = excluded.version,
            updated_at = excluded.updated_at
         where drafts.version = excluded.version - 1"
    );
    show(tx, id).await?;
    let before = stored(tx, id).await?;
    if before.version != change.version {
        return Err(ToolRefusal::DraftChanged { version: before.version }.into());
    }
    let (me, now) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now());
    let version = change.version + 1;
    let values = args![me, id, &*change.reply, &*change.note, change.mode.name(), version, now];
    if tx.mark(text, values).await? == 0 {
        return Err(ToolRefusal::DraftChanged { version }.into());
    }
    Ok(stored(tx, id).await?)
}

/// Throws the member's draft away.
///
/// # Errors
/// Out of sight.
pub async fn drop_draft(tx: &mut Tx<ConversationView>, id: ConversationId) -> Result<(), Refusal> {
    let text = sql!("delete from drafts where workspace_id = $1 and member_id = $2 and conversation_id = $3");
    show(tx, id).await?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    Ok(tx.mark(text, args![me, id]).await.map(drop)?)
}

/// What was sent is no draft any more, though the last letters may not have been kept; the other half stays, as does
/// what somebody writes while something else goes out. The version goes on, so that a window that has not heard of it
/// cannot bring the text back.
pub(crate) async fn sent(work: &mut Work, id: ConversationId, mode: DraftMode, said: &str) -> Result<(), Error> {
    let text = match mode {
        DraftMode::Reply => sql!(
            "update drafts set reply = '', version = version + 1
             where workspace_id = $1 and member_id = $2 and conversation_id = $3 and reply <> ''
                and substr(cast($4 as text), 1, length(reply)) = reply"
        ),
        DraftMode::Note => sql!(
            "update drafts set note = '', version = version + 1
             where workspace_id = $1 and member_id = $2 and conversation_id = $3 and note <> ''
                and substr(cast($4 as text), 1, length(note)) = note"
        ),
    };
    let Some(me) = work.viewer().member else { return Ok(()) };
    work.mark(text, args![me, id, said]).await.map(drop)
}
