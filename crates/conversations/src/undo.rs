//! Undo as a contract (OWN-10): what a member did comes back exactly as it was, or not at all. An operation keeps what
//! was [`Before`] it and leaves the difference as a step; taking the offer up goes back step by step, as long as nobody
//! went on from there.

use std::collections::BTreeMap;

use kernel::{
    BulkActionId, CannedResponseId, ConversationId, CustomerNoteId, LabelId, MacroId, MemberId, MergeId, SavedSearchId,
    TaskId, Timestamp, UndoId,
};
use serde::{Deserialize, Serialize};
use tenancy::{Error, MemberSelf, Permission, Reach, Right, RightId, Tx, Work};

use crate::{
    Refusal, ToolRefusal, bulk_action, canned_response,
    conversation::{Held, hold_unseen, is_own},
    customer_merge::contacts,
    customer_note, macros, merge,
    mode_back::{self, ModeMoved},
    note, reading, saved_search, standing,
    standing::Standing,
    task,
};

/// One thing to take back. It stands in `undo_offers` as JSON: ids, codes and moments.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Step {
    /// Where a conversation stood and whose it was.
    Conversation(Box<Moved>),
    /// Who answered.
    Mode(Box<ModeMoved>),
    /// How far the member had read.
    Read {
        id: ConversationId,
        before: i64,
        after: i64,
    },
    SavedSearchDeleted {
        id: SavedSearchId,
    },
    CannedResponseDeleted {
        id: CannedResponseId,
    },
    MacroDeleted {
        id: MacroId,
    },
    TaskDeleted {
        id: TaskId,
    },
    LabelDeleted {
        id: LabelId,
    },
    /// A note of a conversation, by its sequence.
    NoteDeleted {
        id: ConversationId,
        seq: i64,
    },
    /// A note that a macro or a bulk action wrote.
    NoteWritten {
        id: ConversationId,
        seq: i64,
    },
    CustomerNoteDeleted {
        id: CustomerNoteId,
    },
    BulkAction {
        id: BulkActionId,
    },
    Merge {
        id: MergeId,
    },
}

/// A conversation before and after, and whose assigned contact its customer was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Moved {
    pub(crate) id: ConversationId,
    /// Under which permission.
    pub(crate) permission: String,
    pub(crate) before: Standing,
    pub(crate) after: Standing,
    /// By member: until when, where that changed; no entry inside for who was none.
    pub(crate) contacts: BTreeMap<MemberId, Option<Contact>>,
}

/// How long a customer is somebody's assigned contact; without an end while a conversation is in their hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) until: Option<Timestamp>,
}

/// Leaves a step back in the transaction.
pub(crate) fn can_be_undone(work: &mut Work, step: &Step) -> Result<(), Error> {
    let step = serde_json::to_value(step).map_err(|error| Error::Corrupt(error.to_string()))?;
    work.can_be_undone(step);
    Ok(())
}

/// How a conversation was before an operation, whose row is held since.
pub(crate) struct Before {
    held: Held,
    standing: Standing,
    contacts: BTreeMap<MemberId, Contact>,
}

impl Before {
    pub(crate) async fn of(work: &mut Work, held: &Held) -> Result<Self, Error> {
        let standing = Standing::read(work, held.id).await?;
        Ok(Self { held: held.clone(), standing, contacts: contacts(work, held.customer).await? })
    }

    /// Leaves what the operation changed as a step back; nothing where it changed nothing.
    pub(crate) async fn leave<P: Right>(self, tx: &mut Tx<P>) -> Result<(), Error> {
        let after = Standing::read(tx, self.held.id).await?;
        if after == self.standing {
            return Ok(());
        }
        let now = contacts(tx, self.held.customer).await?;
        let members = self.contacts.keys().chain(now.keys());
        let changed = members.filter(|member| self.contacts.get(*member) != now.get(*member));
        let contacts = changed.map(|member| (*member, self.contacts.get(member).copied())).collect();
        let permission = P::RIGHT.name().to_owned();
        let moved = Moved { id: self.held.id, permission, before: self.standing, after, contacts };
        can_be_undone(tx, &Step::Conversation(Box::new(moved)))
    }
}

/// What was taken back.
#[derive(Debug, Clone, Default)]
pub struct Undone {
    pub conversations: Vec<ConversationId>,
    /// The bulk action that goes back over another one.
    pub bulk_action: Option<BulkActionId>,
}

/// Takes back what the member did, all of it or nothing.
///
/// # Errors
/// Not offered to this member, taken back before, too old, overtaken by somebody, or the right to it was lost.
pub async fn undo(tx: &mut Tx<MemberSelf>, id: UndoId) -> Result<Undone, Refusal> {
    let steps = tx.take_undo_offer(id).await?.ok_or(ToolRefusal::Overtaken)?;
    let steps = read_steps(steps)?;
    let mut undone = Undone::default();
    for step in steps.into_iter().rev() {
        match &step {
            Step::Conversation(moved) => undone.conversations.push(moved.id),
            Step::Mode(moved) => undone.conversations.push(moved.id),
            Step::Read { id, .. } | Step::NoteWritten { id, .. } => undone.conversations.push(*id),
            _ => {}
        }
        if let Step::BulkAction { id } = step {
            undone.bulk_action = Some(bulk_action::take_back(tx, id).await?);
        } else {
            go_back(tx, step).await?;
        }
    }
    undone.conversations.sort_unstable();
    undone.conversations.dedup();
    Ok(undone)
}

pub(crate) fn read_steps(steps: Vec<serde_json::Value>) -> Result<Vec<Step>, Error> {
    let read = |step| serde_json::from_value(step).map_err(|error| Error::Corrupt(error.to_string()));
    steps.into_iter().map(read).collect()
}

/// Goes one step back; a bulk action's own is a bulk action again.
pub(crate) async fn go_back(work: &mut Work, step: Step) -> Result<(), Refusal> {
    match step {
        Step::Conversation(moved) => {
            let permission = Permission::parse(&moved.permission).ok_or(ToolRefusal::Overtaken)?;
            must_still_hold(work, permission)?;
            let held = hold_unseen(work, moved.id).await?;
            standing::go_back(work, &held, permission, &moved).await
        }
        Step::Mode(moved) => mode_back::go_back(work, &moved).await,
        Step::Read { id, before, after } => match reading::position(work, id).await? {
            now if now == after => Ok(reading::mark(work, id, before).await?),
            _ => Err(ToolRefusal::Overtaken.into()),
        },
        Step::SavedSearchDeleted { id } => {
            must_still_hold(work, Permission::SearchUse)?;
            saved_search::restore(work, id).await
        }
        Step::CannedResponseDeleted { id } => {
            must_still_hold(work, Permission::CannedResponseManage)?;
            canned_response::restore(work, id).await
        }
        Step::MacroDeleted { id } => {
            must_still_hold(work, Permission::CannedResponseManage)?;
            macros::restore(work, id).await
        }
        Step::TaskDeleted { id } => {
            must_still_hold(work, Permission::TaskDelete)?;
            task::restore(work, id).await
        }
        Step::Merge { id } => merge::part(work, id, true).await,
        Step::LabelDeleted { id } => {
            must_still_hold(work, Permission::LabelManage)?;
            match customers::label::restore_label(work, id).await {
                Err(customers::Refusal::LabelNameTaken) => Err(ToolRefusal::Overtaken.into()),
                restored => Ok(restored?),
            }
        }
        Step::NoteDeleted { id, seq } => {
            must_still_hold(work, Permission::NoteDelete)?;
            note::restore(work, id, seq).await
        }
        Step::NoteWritten { id, seq } => {
            must_still_hold(work, Permission::NoteCreate)?;
            note::take_back(work, id, seq).await
        }
        Step::CustomerNoteDeleted { id } => {
            must_still_hold(work, Permission::NoteDelete)?;
            customer_note::restore(work, id).await
        }
        Step::BulkAction { .. } => Err(ToolRefusal::Overtaken.into()),
    }
}

/// Whoever lost a right takes nothing back under it.
pub(crate) fn must_still_hold(work: &Work, permission: Permission) -> Result<(), Refusal> {
    match work.viewer().access.as_ref().and_then(|access| access.decider(permission)) {
        None => Ok(()),
        Some(decided_by) => Err(Error::Forbidden { right: RightId::Catalogue(permission), decided_by }.into()),
    }
}

/// The same, and whoever reaches only what is their own with it reaches this conversation.
pub(crate) fn must_still_reach(work: &Work, held: &Held, permission: Permission) -> Result<(), Refusal> {
    must_still_hold(work, permission)?;
    let viewer = work.viewer();
    let own = is_own(viewer.relation(permission), &held.sight(), held.steward, &viewer);
    if viewer.reach(permission) == Reach::Own && !own {
        return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
    }
    Ok(())
}
