//! How tasks are shown: contact data in their texts only in the form the viewer may have it.

use conversations::{Task, TaskComment, TaskMember, TaskStatus};
use customers::masking::Exposure;
use kernel::{ConversationId, CustomerId, TaskCommentId, TaskId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::{
    conversations::view::MemberRef,
    view::{Can, list_of},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    pub id: TaskId,
    pub title: String,
    pub body: String,
    pub status: TaskStatus,
    #[schema(required)]
    pub assignee: Option<MemberRef>,
    pub created_by: MemberRef,
    /// Its assignee went, and nobody has it now.
    pub needs_assignee: bool,
    #[schema(required)]
    pub due_at: Option<Timestamp>,
    #[schema(required)]
    pub remind_at: Option<Timestamp>,
    /// What it is about, where the caller sees that.
    #[schema(required)]
    pub conversation_id: Option<ConversationId>,
    /// Whom it is about, where the caller sees them.
    #[schema(required)]
    pub customer: Option<TaskCustomerView>,
    pub comments_count: i64,
    pub version: i64,
    pub created_at: Timestamp,
    #[schema(required)]
    pub done_at: Option<Timestamp>,
    pub can: Can,
}

/// Whom a task is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskCustomerView {
    pub id: CustomerId,
    pub display_name: String,
}

list_of!(TaskList, TaskView);

#[derive(Debug, Serialize, ToSchema)]
pub struct TaskCommentView {
    pub id: TaskCommentId,
    pub author: MemberRef,
    pub text: String,
    pub created_at: Timestamp,
}

list_of!(TaskCommentList, TaskCommentView);

const ABILITIES: [Permission; 3] = [Permission::TaskEdit, Permission::TaskComment, Permission::TaskDelete];

impl TaskView {
    pub fn of(task: Task, viewer: &Viewer) -> Self {
        let exposure = task.exposure(viewer);
        let ability = |permission| (permission, viewer.ability(permission, task.is_own(permission, viewer)));
        Self {
            can: Can::new(ABILITIES.map(ability)),
            title: exposure.text(&task.title),
            body: exposure.text(&task.body),
            customer: task
                .customer
                .map(|customer| TaskCustomerView { id: customer.id, display_name: exposure.text(&customer.name) }),
            id: task.id,
            status: task.status,
            assignee: task.assignee.map(member),
            created_by: member(task.created_by),
            needs_assignee: task.needs_assignee,
            due_at: task.due_at,
            remind_at: task.remind_at,
            conversation_id: task.conversation,
            comments_count: task.comments_count,
            version: task.version,
            created_at: task.created_at,
            done_at: task.done_at,
        }
    }
}

impl TaskCommentView {
    /// `exposure` is that of its task.
    pub fn of(comment: TaskComment, exposure: Exposure) -> Self {
        Self {
            id: comment.id,
            author: member(comment.author),
            text: exposure.text(&comment.text),
            created_at: comment.created_at,
        }
    }
}

fn member(member: TaskMember) -> MemberRef {
    MemberRef { id: member.id, name: member.name, former: member.former }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TaskPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) task_id: TaskId,
}
