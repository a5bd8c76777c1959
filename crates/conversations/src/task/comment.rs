//! Comments on tasks (RES-022).

use kernel::{Cursor, Limit, NoteText, Page, TaskCommentId, TaskId, Timestamp};
use serde_json::json;
use tenancy::{Composed, Error, Event, Permission, Row, Session, Subject, Tx, args, part, sql};

use super::{Task, TaskMember, TaskRefusal, held, person, reread, task};
use crate::{Refusal, Sort};

#[derive(Debug, Clone)]
pub struct TaskComment {
    pub id: TaskCommentId,
    pub author: TaskMember,
    pub text: String,
    pub created_at: Timestamp,
}

/// What was said about a task, in this order, and the task.
///
/// # Errors
/// Out of sight, the cursor is not of this list, or the database cannot answer.
pub async fn task_comments(
    session: &mut Session,
    id: TaskId,
    sort: Sort,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<(Task, Page<TaskComment>), Refusal> {
    let task = task(session, id).await?;
    let list = format!("task_comments/{}/{id}/{sort:?}", session.workspace());
    let mut query = rows(id);
    let after = cursor.map(|cursor| Cursor::parse(cursor, &list)).transpose()?;
    match (sort, after) {
        (Sort::Oldest, Some((at, id))) => query.push(part!("and (t.created_at, t.id) > (?, ?)"), args![at, id]),
        (Sort::Newest, Some((at, id))) => query.push(part!("and (t.created_at, t.id) < (?, ?)"), args![at, id]),
        (_, None) => &mut query,
    };
    match sort {
        Sort::Oldest => query.push(part!("order by t.created_at, t.id"), &[]),
        Sort::Newest => query.push(part!("order by t.created_at desc, t.id desc"), &[]),
    };
    query.push(part!("limit ?"), args![limit.get() + 1]);
    let comments = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok((task, Page::cut(comments, limit, |comment| (comment.created_at.millis(), comment.id.into()), &list)))
}

/// Says something about a task; the comment, and the task as it stands now.
///
/// # Errors
/// Out of sight, somebody else's where the right reaches one's own, or nothing was said.
pub async fn comment_on_task(
    tx: &mut Tx<tenancy::TaskComment>,
    id: TaskId,
    text: &NoteText,
) -> Result<(Task, TaskComment), Refusal> {
    held(tx, id, Permission::TaskComment).await?;
    if text.trim().is_empty() {
        return Err(TaskRefusal::EmptyComment.into());
    }
    let author = tx.viewer().member.ok_or(Error::NotFound)?;
    let (comment, now): (TaskCommentId, _) = (tx.ids().next(), tx.now());
    let insert = sql!(
        "insert into task_comments (workspace_id, task_id, id, author_id, text, created_at)
         values ($1, $2, $3, $4, $5, $6)"
    );
    tx.run(insert, args![id, comment, author, &**text, now]).await?;
    let event = Event::new("task.commented", Subject::new("task", id));
    tx.record(event.payload(json!({ "comment_id": comment })));
    let mut query = rows(id);
    query.push(part!("and t.id = ?"), args![comment]);
    let row = tx.list(&query).await?.pop().ok_or(Error::NotFound)?;
    Ok((reread(tx, id).await?, read(row)?))
}

fn rows(task: TaskId) -> Composed {
    Composed::new(
        sql!(
            "select t.id, t.author_id, coalesce(m.display_name, a.name), m.status, t.text, t.created_at
             from task_comments t
             join memberships m on m.workspace_id = t.workspace_id and m.id = t.author_id
             join accounts a on a.id = m.account_id
             where t.workspace_id = $1 and t.task_id = $2"
        ),
        args![task],
    )
}

fn read(mut row: Row) -> Result<TaskComment, Error> {
    Ok(TaskComment {
        id: row.take(0)?,
        author: person(row.take(1)?, &mut row, 2)?,
        text: row.take(4)?,
        created_at: row.take(5)?,
    })
}
