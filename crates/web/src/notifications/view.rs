//! How notifications are shown to their member.

use ::notifications::{Kind, Notification, Subject};
use kernel::{ConversationId, CustomerId, CustomerNoteId, NotificationId, TaskId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{conversations::view::MemberRef, view::list_of};

/// What happened to one subject. Which member fields are there follows from `kind`.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationView {
    pub id: NotificationId,
    /// The newest of what happened.
    pub kind: Kind,
    pub at: Timestamp,
    /// How often something happened since it was last read.
    pub happened: i64,
    #[schema(required)]
    pub read_at: Option<Timestamp>,
    /// The member who did it.
    #[schema(required)]
    pub actor: Option<MemberRef>,
    #[schema(required)]
    pub conversation: Option<NotifiedConversation>,
    /// With a note on a customer.
    #[schema(required)]
    pub customer: Option<NotifiedCustomer>,
    #[schema(required)]
    pub task_id: Option<TaskId>,
    #[schema(required)]
    pub task_title: Option<String>,
    /// Whom it is about.
    #[schema(required)]
    pub member: Option<MemberRef>,
    /// When the trial ends or ended, with news of it.
    #[schema(required)]
    pub trial_ends_at: Option<Timestamp>,
    /// With an answer of the operator: its beginning.
    #[schema(required)]
    pub answer: Option<String>,
    /// With a digest: what waits now.
    #[schema(required)]
    pub waiting: Option<WaitingView>,
}

/// A conversation inside a notification, as its member may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotifiedConversation {
    pub id: ConversationId,
    pub customer_name: String,
    /// The beginning of what was written.
    pub excerpt: String,
    /// The message it is about.
    #[schema(required)]
    pub message_seq: Option<i64>,
}

/// A customer inside a notification, as its member may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotifiedCustomer {
    pub id: CustomerId,
    pub name: String,
    /// The beginning of the note; empty once it is gone.
    pub excerpt: String,
    /// The note it is about.
    #[schema(required)]
    pub note_id: Option<CustomerNoteId>,
}

/// Open conversations whose customer waits for an answer; 100 means more than 99.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingView {
    pub mine: i64,
    pub unassigned: i64,
}

list_of!(NotificationList, NotificationView);

impl From<Notification> for NotificationView {
    fn from(notification: Notification) -> Self {
        let Notification { id, kind, at, happened, read_at, shown } = notification;
        let actor = shown.actor.map(|(id, name)| MemberRef::here(id, name));
        let (mut conversation, mut customer, mut task, mut member, mut waiting) = (None, None, None, None, None);
        let (mut trial_ends_at, mut answer) = (None, None);
        match shown.subject {
            Subject::Conversation { id, customer: name, excerpt, message_seq } => {
                conversation = Some(NotifiedConversation { id, customer_name: name, excerpt, message_seq });
            }
            Subject::Customer { id, name, excerpt, note } => {
                customer = Some(NotifiedCustomer { id, name, excerpt, note_id: note });
            }
            Subject::Task { id, title } => task = Some((id, title)),
            Subject::Member { id, name } => member = Some(MemberRef::here(id, name)),
            Subject::Digest(now) => waiting = Some(WaitingView { mine: now.mine, unassigned: now.unassigned }),
            Subject::Money(money) => trial_ends_at = money.trial_ends_at,
            Subject::Request { excerpt } => answer = Some(excerpt),
            Subject::Workspace => {}
        }
        let (task_id, task_title) = task.unzip();
        Self {
            id,
            kind,
            at,
            happened,
            read_at,
            actor,
            conversation,
            customer,
            task_id,
            task_title,
            member,
            trial_ends_at,
            answer,
            waiting,
        }
    }
}
