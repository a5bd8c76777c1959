//! Labels on conversations. Where the workspace keeps them in step, a member's label is the assignment: putting it on
//! gives the conversation to that member, and taking it off takes the conversation back (C18).

use customers::label::{Applicable, Labelled, applicable, label_of_key, link, unlink};
use kernel::{ConversationId, LabelId};
use serde_json::json;
use tenancy::{Event, LabelApply, Subject, Tx, Work};

use crate::{
    Conversation, Refusal,
    conversation::{Held, hold, reread},
};

/// Puts a label on a conversation.
///
/// # Errors
/// Out of sight, no such label, or too many.
pub async fn put_label(tx: &mut Tx<LabelApply>, id: ConversationId, label: LabelId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    apply(tx, &held, label).await?;
    reread(tx, id).await
}

/// Takes a label off a conversation, also one that is put on nothing any more.
///
/// # Errors
/// Out of sight.
pub async fn take_label(tx: &mut Tx<LabelApply>, id: ConversationId, label: LabelId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    remove(tx, &held, label).await?;
    reread(tx, id).await
}

/// Puts a label on a conversation that is held; says whether it was not there before.
///
/// # Errors
/// No such label, or too many.
pub(crate) async fn apply(work: &mut Work, held: &Held, label: LabelId) -> Result<bool, Refusal> {
    let label = match applicable(work, label).await? {
        Applicable::Label(label) => label,
        Applicable::Member(member) => LabelId(member.into()),
    };
    let new = link(work, Labelled::Conversation(held.id), label).await?;
    if new {
        record(work, "label.applied", held, label);
    }
    Ok(new)
}

/// Takes a label off a conversation that is held; says whether it was there.
///
/// # Errors
/// The database refuses.
pub(crate) async fn remove(work: &mut Work, held: &Held, label: LabelId) -> Result<bool, Refusal> {
    let gone = unlink(work, Labelled::Conversation(held.id), label).await?;
    if gone {
        record(work, "label.removed", held, label);
    }
    Ok(gone)
}

/// Puts on the label that came with the workspace under this key, where there is one.
///
/// # Errors
/// The conversation carries too many, or the database refuses.
pub(crate) async fn apply_key(work: &mut Work, held: &Held, key: &str) -> Result<(), Refusal> {
    if let Some(label) = label_of_key(work, key).await? {
        apply(work, held, label).await?;
    }
    Ok(())
}

fn record(work: &mut Work, kind: &'static str, held: &Held, label: LabelId) {
    let sight = Some(held.sight());
    let event = Event::new(kind, Subject::new("conversation", held.id)).sight(sight, sight);
    work.record(event.payload(json!({ "conversation_id": held.id, "label_id": label })));
}
