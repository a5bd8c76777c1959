//! One thing done to a conversation as part of several: what macros and bulk actions are made of.

use std::time::Duration;

use kernel::{CannedResponseId, ConversationId, LabelId, LongText, MemberId, NoteText, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{
    ConversationAssign, ConversationReleaseToAi, ConversationReply, ConversationSetStatus, ConversationTakeManual,
    ConversationView, Error, LabelApply, NoteCreate, Permission, Right, Tx, Viewer,
};
use utoipa::ToSchema;

use crate::{
    Answerer, Outbound, Refusal, Status, ToolRefusal, assign, assign_to_team, canned_response, mark_read, note,
    put_label, release, reply, set_status, show, snooze, take_label, take_over, unassign,
    undo::{Step, can_be_undone},
    variables,
};

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = ConversationAction)]
pub enum Action {
    /// Any status but `snoozed`, which takes a time.
    Status {
        status: Status,
    },
    /// Until a moment.
    Snooze {
        until: Timestamp,
    },
    /// For some time from now on.
    SnoozeFor {
        #[schema(minimum = 1)]
        minutes: u32,
    },
    /// To a member.
    Assign {
        member_id: MemberId,
    },
    /// To whoever does it.
    AssignMe,
    /// Into a team's queue; its strategy says to whom.
    AssignTeam {
        team_id: TeamId,
    },
    /// Back into the queue.
    Unassign,
    Label {
        label_id: LabelId,
    },
    Unlabel {
        label_id: LabelId,
    },
    /// Read, or unread, by whoever does it.
    MarkRead {
        read: bool,
    },
    /// Who answers from now on: whoever does it, or the AI.
    Mode {
        mode: Answerer,
    },
    /// For the team; it mentions nobody.
    Note {
        text: NoteText,
    },
    /// A canned response, with its variables filled in, goes to the customer.
    Reply {
        canned_response_id: CannedResponseId,
    },
}

impl Action {
    /// What it is called.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Snooze { .. } => "snooze",
            Self::SnoozeFor { .. } => "snooze_for",
            Self::Assign { .. } => "assign",
            Self::AssignMe => "assign_me",
            Self::AssignTeam { .. } => "assign_team",
            Self::Unassign => "unassign",
            Self::Label { .. } => "label",
            Self::Unlabel { .. } => "unlabel",
            Self::MarkRead { .. } => "mark_read",
            Self::Mode { .. } => "mode",
            Self::Note { .. } => "note",
            Self::Reply { .. } => "reply",
        }
    }

    /// What it takes to do it.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::Status { .. } | Self::Snooze { .. } | Self::SnoozeFor { .. } => Permission::ConversationSetStatus,
            Self::Assign { .. } | Self::AssignMe | Self::AssignTeam { .. } | Self::Unassign => {
                Permission::ConversationAssign
            }
            Self::Label { .. } | Self::Unlabel { .. } => Permission::LabelApply,
            Self::MarkRead { .. } => Permission::ConversationView,
            Self::Mode { mode: Answerer::Manual } => Permission::ConversationTakeManual,
            Self::Mode { mode: Answerer::Ai } => Permission::ConversationReleaseToAi,
            Self::Note { .. } => Permission::NoteCreate,
            Self::Reply { .. } => Permission::ConversationReply,
        }
    }

    /// Does it, as far as whoever does may; in a transaction that goes on with the next.
    ///
    /// # Errors
    /// As the operation that it stands for; the transaction is undone.
    pub(crate) async fn perform(
        &self,
        mut tx: Tx<ConversationView>,
        id: ConversationId,
        seen_seq: i64,
    ) -> Result<Tx<ConversationView>, Refusal> {
        match self {
            Self::Status { status } => {
                let mut tx = tx.also::<ConversationSetStatus>()?;
                let outcome = set_status(&mut tx, id, *status).await;
                go_on(tx, outcome).await
            }
            Self::Snooze { until } => snooze_until(tx, id, *until).await,
            Self::SnoozeFor { minutes } => {
                let until = tx.now().plus(Duration::from_secs(60 * u64::from(*minutes)));
                snooze_until(tx, id, until).await
            }
            Self::Assign { member_id } => assign_to(tx, id, *member_id).await,
            Self::AssignMe => {
                let me = tx.viewer().member.ok_or(Error::NotFound)?;
                assign_to(tx, id, me).await
            }
            Self::AssignTeam { team_id } => {
                let mut tx = tx.also::<ConversationAssign>()?;
                let outcome = assign_to_team(&mut tx, id, *team_id).await;
                go_on(tx, outcome).await
            }
            Self::Unassign => {
                let mut tx = tx.also::<ConversationAssign>()?;
                let outcome = unassign(&mut tx, id).await;
                go_on(tx, outcome).await
            }
            Self::Label { label_id } => {
                let mut tx = tx.also::<LabelApply>()?;
                let outcome = put_label(&mut tx, id, *label_id).await;
                go_on(tx, outcome).await
            }
            Self::Unlabel { label_id } => {
                let mut tx = tx.also::<LabelApply>()?;
                let outcome = take_label(&mut tx, id, *label_id).await;
                go_on(tx, outcome).await
            }
            Self::MarkRead { read } => {
                let outcome = mark(&mut tx, id, *read).await;
                go_on(tx, outcome).await
            }
            Self::Mode { mode } => set_mode(tx, id, *mode).await,
            Self::Note { text } => {
                let mut tx = tx.also::<NoteCreate>()?;
                let outcome = note::jot(&mut tx, id, text.clone()).await;
                go_on(tx, outcome).await
            }
            Self::Reply { canned_response_id } => {
                let mut tx = tx.also::<ConversationReply>()?;
                let outcome = answer(&mut tx, id, *canned_response_id, seen_seq).await;
                go_on(tx, outcome).await
            }
        }
    }
}

impl Action {
    /// Whether it is a note that says nothing.
    pub(crate) fn is_empty_note(&self) -> bool {
        matches!(self, Self::Note { text } if text.trim().is_empty())
    }
}

/// Whether somebody holds all that these actions take.
pub fn may_all(viewer: &Viewer, actions: &[Action]) -> Result<(), Error> {
    let lacking = actions.iter().map(Action::permission).find_map(|permission| {
        let access = viewer.access.as_ref();
        let decided_by = access.map_or(Some(tenancy::Decider::Role), |access| access.decider(permission));
        decided_by.map(|decided_by| Error::Forbidden { right: tenancy::RightId::Catalogue(permission), decided_by })
    });
    lacking.map_or(Ok(()), Err)
}

async fn go_on<P: Right, T>(tx: Tx<P>, outcome: Result<T, Refusal>) -> Result<Tx<ConversationView>, Refusal> {
    match outcome {
        Ok(_) => Ok(tx.also()?),
        Err(refusal) => Err(tx.refuse(refusal).await),
    }
}

async fn snooze_until(
    tx: Tx<ConversationView>,
    id: ConversationId,
    until: Timestamp,
) -> Result<Tx<ConversationView>, Refusal> {
    let mut tx = tx.also::<ConversationSetStatus>()?;
    let outcome = snooze(&mut tx, id, until).await;
    go_on(tx, outcome).await
}

async fn assign_to(
    tx: Tx<ConversationView>,
    id: ConversationId,
    member: MemberId,
) -> Result<Tx<ConversationView>, Refusal> {
    let mut tx = tx.also::<ConversationAssign>()?;
    let outcome = assign(&mut tx, id, member).await;
    go_on(tx, outcome).await
}

async fn set_mode(
    tx: Tx<ConversationView>,
    id: ConversationId,
    mode: Answerer,
) -> Result<Tx<ConversationView>, Refusal> {
    match mode {
        Answerer::Manual => {
            let mut tx = tx.also::<ConversationTakeManual>()?;
            let outcome = take_over(&mut tx, id).await;
            go_on(tx, outcome).await
        }
        Answerer::Ai => {
            let mut tx = tx.also::<ConversationReleaseToAi>()?;
            let outcome = release(&mut tx, id).await;
            go_on(tx, outcome).await
        }
    }
}

/// Unread again is the customer's newest message.
async fn mark(tx: &mut Tx<ConversationView>, id: ConversationId, read: bool) -> Result<(), Refusal> {
    let conversation = show(tx, id).await?;
    let seq = if read { conversation.last_seq } else { conversation.last_inbound_seq - 1 };
    mark_read(tx, id, seq).await?;
    Ok(can_be_undone(tx, &Step::Read { id, before: conversation.read_seq, after: seq })?)
}

async fn answer(
    tx: &mut Tx<ConversationReply>,
    id: ConversationId,
    response: CannedResponseId,
    seen_seq: i64,
) -> Result<(), Refusal> {
    let conversation = show(tx, id).await?;
    let response = canned_response(tx, response).await?;
    let rendering = variables::render(tx, &response.text, &conversation).await?;
    if !rendering.missing.is_empty() {
        return Err(ToolRefusal::MissingVariables { names: rendering.missing }.into());
    }
    let text = LongText::try_from(rendering.text).map_err(|_| ToolRefusal::Empty)?;
    let outbound =
        Outbound { text, attachments: Vec::new(), seen_seq, client_id: None, canned_response: Some(response.id) };
    reply(tx, id, outbound).await.map(drop)
}
