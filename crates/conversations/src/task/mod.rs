//! Tasks: what somebody has to do by when, about a conversation, a customer or nothing in particular (RES-021).
//!
//! A task is not a way around sight: who may not see its conversation or customer sees the task without it.

mod change;
mod comment;
mod list;
mod refusal;
mod reminder;

use customers::masking::Exposure;
use kernel::{ConversationId, CustomerId, MemberId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{
    Composed, Error, Permission, Reach, Relation, RightId, Row, Session, SightPoint, Viewer, Work, args, part, sql,
};
use utoipa::ToSchema;
use uuid::Uuid;

pub use change::{NewTask, TaskChange, TaskSubject, create_task, delete_task, update_task};
pub(crate) use change::{let_go, restore};
pub use comment::{TaskComment, comment_on_task, task_comments};
pub use list::{Due, TaskFilter, Whose, tasks};
pub use refusal::TaskRefusal;
pub use reminder::{REMIND_JOB, remind};

use crate::{Refusal, Visibility, conversation::named};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    Open,
    Done,
}

impl TaskStatus {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Open, Self::Done].into_iter().find(|status| status.name() == name)
    }
}

/// A task as its reader sees it.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    pub body: String,
    pub status: TaskStatus,
    pub assignee: Option<TaskMember>,
    pub created_by: TaskMember,
    /// Its assignee went, and nobody has it now (INV-09).
    pub needs_assignee: bool,
    pub due_at: Option<Timestamp>,
    pub remind_at: Option<Timestamp>,
    /// Where the reader sees it.
    pub conversation: Option<ConversationId>,
    pub customer: Option<TaskCustomer>,
    pub comments_count: i64,
    pub version: i64,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
    /// Whether the customer is the reader's assigned contact.
    contact: bool,
}

#[derive(Debug, Clone)]
pub struct TaskMember {
    pub id: MemberId,
    pub name: String,
    /// They are here no longer.
    pub former: bool,
}

/// Whom a task is about.
#[derive(Debug, Clone)]
pub struct TaskCustomer {
    pub id: CustomerId,
    pub name: String,
}

impl Task {
    /// Whether the task stands in the permission's relation to the viewer.
    pub fn is_own(&self, permission: Permission, viewer: &Viewer) -> bool {
        let is = |member: &TaskMember| viewer.member == Some(member.id);
        match viewer.relation(permission) {
            Relation::AssigneeOrCreator => is(&self.created_by) || self.assignee.as_ref().is_some_and(is),
            Relation::Creator => is(&self.created_by),
            _ => false,
        }
    }

    /// How much of contact data in its texts the viewer sees (INV-19).
    pub fn exposure(&self, viewer: &Viewer) -> Exposure {
        Exposure::beside_conversation(viewer, self.contact)
    }
}

/// One task, if the session's actor sees it.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is out of sight.
pub async fn task(session: &mut Session, id: TaskId) -> Result<Task, Refusal> {
    let mut query = rows(session);
    narrow_tasks(session, &mut query);
    query.push(part!("and k.id = ?"), args![id]);
    one(session, &query).await
}

/// One task after a change by somebody who may have lost sight of it by that very change.
async fn reread(session: &mut Session, id: TaskId) -> Result<Task, Refusal> {
    let mut query = rows(session);
    query.push(part!("and k.id = ?"), args![id]);
    one(session, &query).await
}

async fn one(session: &mut Session, query: &Composed) -> Result<Task, Refusal> {
    let row = session.list(query).await?.pop().ok_or(Error::NotFound)?;
    Ok(read(row, session)?)
}

/// One task that the actor sees and may use `permission` on, its row held until the transaction ends.
async fn held(work: &mut Work, id: TaskId, permission: Permission) -> Result<Task, Refusal> {
    let hold = sql!(
        "update tasks set version = version where workspace_id = $1 and id = $2 and deleted_at is null returning id"
    );
    work.first(hold, args![id]).await?.ok_or(Error::NotFound)?;
    let task = task(work, id).await?;
    let viewer = work.viewer();
    if viewer.reach(permission) == Reach::Any || task.is_own(permission, &viewer) {
        return Ok(task);
    }
    Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into())
}

/// Everybody whom a task concerns, for who is told of a change of it: its creator and its assignee.
///
/// # Errors
/// The database cannot answer.
pub async fn task_parties(session: &mut Session, id: TaskId) -> Result<Vec<MemberId>, Error> {
    let sql = sql!("select created_by, assignee_id from tasks where workspace_id = $1 and id = $2");
    let Some(mut row) = session.first(sql, args![id]).await? else { return Ok(Vec::new()) };
    let (creator, assignee): (MemberId, Option<MemberId>) = (row.take(0)?, row.take(1)?);
    Ok([Some(creator), assignee].into_iter().flatten().collect())
}

/// Tasks as the session's actor reads them, still to be narrowed.
fn rows(session: &Session) -> Composed {
    let member = session.viewer().member.map_or(Uuid::nil(), Uuid::from);
    Composed::new(
        sql!(
            "select k.id, k.title, k.body, k.status, k.needs_assignee, k.due_at, k.remind_at, k.version, k.created_at,
                k.done_at, k.assignee_id, coalesce(m.display_name, a.name), m.status, k.created_by,
                coalesce(b.display_name, w.name), b.status, c.id, c.assignee_id, c.team_id, u.id, u.display_name,
                s.member_id,
                (select count(*) from task_comments t where t.workspace_id = k.workspace_id and t.task_id = k.id)
             from tasks k
             join memberships b on b.workspace_id = k.workspace_id and b.id = k.created_by
             join accounts w on w.id = b.account_id
             left join memberships m on m.workspace_id = k.workspace_id and m.id = k.assignee_id
             left join accounts a on a.id = m.account_id
             left join conversations c on c.workspace_id = k.workspace_id and c.id = k.conversation_id
             left join customers u on u.workspace_id = k.workspace_id and u.id = coalesce(c.customer_id, k.customer_id)
             left join customer_assignees s on s.workspace_id = u.workspace_id and s.customer_id = u.id
                and s.member_id = $2 and (s.until is null or s.until > $3)
             where k.workspace_id = $1 and k.deleted_at is null"
        ),
        args![member, session.now()],
    )
}

/// Narrows a statement over tasks `k` to what the session's actor sees.
pub fn narrow_tasks(session: &Session, query: &mut Composed) {
    let viewer = session.viewer();
    let (relation, me) = (viewer.relation(Permission::TaskView), viewer.member);
    match (viewer.reach(Permission::TaskView), relation, me) {
        (Reach::Any, ..) => {}
        (Reach::Own, Relation::AssigneeOrCreator, Some(me)) => {
            query.push(part!("and (k.assignee_id = ? or k.created_by = ?)"), args![me, me]);
        }
        (Reach::Own, Relation::Creator, Some(me)) => {
            query.push(part!("and k.created_by = ?"), args![me]);
        }
        _ => {
            query.push(part!("and 1 = 0"), &[]);
        }
    }
}

fn read(mut row: Row, session: &Session) -> Result<Task, Error> {
    let viewer = session.viewer();
    let contact = row.take::<Option<MemberId>>(21)?.is_some();
    let customer = match row.take::<Option<CustomerId>>(19)? {
        Some(id) => Some(TaskCustomer { id, name: row.take(20)? }),
        None => None,
    };
    let sight = |customer: &TaskCustomer, assignee, team| SightPoint { assignee, team, customer: customer.id };
    let conversation = match (row.take::<Option<ConversationId>>(16)?, &customer) {
        (Some(id), Some(customer)) => {
            let sight = sight(customer, row.take(17)?, row.take(18)?);
            Visibility::of(session).sees(&sight).then_some(id)
        }
        _ => None,
    };
    let opens_profile = match viewer.reach(Permission::CustomerView) {
        Reach::Any => true,
        Reach::Own => contact,
        Reach::Masked | Reach::None => false,
    };
    Ok(Task {
        id: row.take(0)?,
        title: row.take(1)?,
        body: row.take(2)?,
        status: named(&mut row, 3, TaskStatus::parse)?,
        needs_assignee: row.take(4)?,
        due_at: row.take(5)?,
        remind_at: row.take(6)?,
        version: row.take(7)?,
        created_at: row.take(8)?,
        done_at: row.take(9)?,
        assignee: match row.take::<Option<MemberId>>(10)? {
            Some(id) => Some(person(id, &mut row, 11)?),
            None => None,
        },
        created_by: person(row.take(13)?, &mut row, 14)?,
        customer: customer.filter(|_| opens_profile || conversation.is_some()),
        conversation,
        comments_count: row.take(22)?,
        contact,
    })
}

/// A member whose name stands in this column, and their status in the next.
fn person(id: MemberId, row: &mut Row, column: usize) -> Result<TaskMember, Error> {
    let status = row.take::<String>(column + 1)?;
    let former = directory::MemberStatus::parse(&status).is_some_and(directory::MemberStatus::is_former);
    Ok(TaskMember { id, name: row.take(column)?, former })
}

/// What tasks are called, by id: for a record that names them.
///
/// # Errors
/// The database cannot answer.
pub async fn task_titles(
    session: &mut Session,
    ids: &[Uuid],
) -> Result<std::collections::HashMap<Uuid, String>, Error> {
    session.texts(sql!("select id, title from tasks where workspace_id = $1 and id in ("), ids).await
}
