//! Labels on conversations. Where the workspace keeps them in step, a member's label is the assignment: putting it on
//! gives the conversation to that member, taking it off takes the conversation back, and whoever gets a conversation
//! another way gets the label too (C18).

use customers::label::{Applicable, Labelled, applicable, label_of_key, link, unlink};
use kernel::{ConversationId, LabelId, MemberId};
use serde_json::json;
use tenancy::{Error, Event, LabelApply, Permission, Subject, Tx, Work};

use crate::{
    AssignmentCause, Conversation, Refusal,
    assignment::{give, give_back, must_be_eligible},
    conversation::{Held, hold, reread},
    routing,
    undo::{Before, must_still_reach},
};

/// Puts a label on a conversation. A rule that asks for it may then give the conversation to somebody.
///
/// # Errors
/// Out of sight, no such label, too many, or it assigns and the actor may not.
pub async fn put_label(tx: &mut Tx<LabelApply>, id: ConversationId, label: LabelId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    let before = Before::of(tx, &held).await?;
    match applicable(tx, label).await? {
        Applicable::Member(member) if in_step(tx).await? => {
            if held.assignee != Some(member) {
                must_assign(tx, &held)?;
                must_be_eligible(tx, member).await?;
                give(tx, &held, Some(member), "conversation.assigned").await?;
            }
            apply(tx, &held, label).await?;
        }
        Applicable::Member(_) | Applicable::Label(_) => {
            if apply(tx, &held, label).await? {
                routing::labelled(tx, &held, label).await?;
            }
        }
    }
    before.leave(tx).await?;
    reread(tx, id).await
}

/// Takes a label off a conversation, also one that is put on nothing any more.
///
/// # Errors
/// Out of sight, or it takes the conversation from its member and the actor may not.
pub async fn take_label(tx: &mut Tx<LabelApply>, id: ConversationId, label: LabelId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    let before = Before::of(tx, &held).await?;
    let of_assignee = held.assignee.is_some_and(|member| label_of(member) == label);
    if remove(tx, &held, label).await? && of_assignee && in_step(tx).await? {
        must_assign(tx, &held)?;
        give_back(tx, &held, AssignmentCause::Unassigned).await?;
    }
    before.leave(tx).await?;
    reread(tx, id).await
}

/// Puts a label on a conversation that is held; says whether it was not there before.
///
/// # Errors
/// No such label, or too many.
pub(crate) async fn apply(work: &mut Work, held: &Held, label: LabelId) -> Result<bool, Refusal> {
    let label = match applicable(work, label).await? {
        Applicable::Label(label) => label,
        Applicable::Member(member) => label_of(member),
    };
    put(work, held, label).await
}

async fn put(work: &mut Work, held: &Held, label: LabelId) -> Result<bool, Refusal> {
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
pub(crate) async fn remove(work: &mut Work, held: &Held, label: LabelId) -> Result<bool, Error> {
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

/// Brings the labels of members in line with whose the conversation is now, where the workspace keeps them in step.
///
/// # Errors
/// The database refuses.
pub(crate) async fn follow(work: &mut Work, held: &Held, to: Option<MemberId>) -> Result<(), Error> {
    if held.assignee == to || !in_step(work).await? {
        return Ok(());
    }
    if let Some(before) = held.assignee {
        remove(work, held, label_of(before)).await?;
    }
    match to {
        // A conversation that carries as many as it can is still somebody's.
        Some(member) => match put(work, held, label_of(member)).await {
            Ok(_) | Err(Refusal::Customer(customers::Refusal::TooManyLabelsHere)) => Ok(()),
            Err(Refusal::Vault(error) | Refusal::Customer(customers::Refusal::Vault(error))) => Err(error),
            Err(refusal) => Err(Error::Corrupt(refusal.to_string())),
        },
        None => Ok(()),
    }
}

/// A member is their own label.
fn label_of(member: MemberId) -> LabelId {
    LabelId(member.into())
}

async fn in_step(work: &mut Work) -> Result<bool, Error> {
    Ok(directory::inbox_settings(work).await?.name_label_sync)
}

/// A label that assigns takes the right to assign.
fn must_assign(work: &Work, held: &Held) -> Result<(), Refusal> {
    must_still_reach(work, held, Permission::ConversationAssign)
}

fn record(work: &mut Work, kind: &'static str, held: &Held, label: LabelId) {
    let sight = Some(held.sight());
    let event = Event::new(kind, Subject::new("conversation", held.id)).sight(sight, sight);
    work.record(event.payload(json!({ "conversation_id": held.id, "label_id": label })));
}
