//! Tasks made, changed, done, deleted, and taken out of the hands of who goes.

use std::time::Duration;

use kernel::{ConversationId, CustomerId, Line, LongText, MemberId, TaskId, Timestamp, days};
use serde_json::{Value as Json, json};
use tenancy::{
    Error, Event, Permission, Reach, Row, Session, Subject, TaskCreate, TaskDelete, TaskEdit, Tx, Work, args, sql,
};

use super::{Task, TaskRefusal, TaskStatus, held, reminder, reread};
use crate::{
    Refusal, ToolRefusal, conversation,
    undo::{self, Step},
};

const LONGEST: Duration = days(10 * 366);

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskSubject {
    Conversation(ConversationId),
    Customer(CustomerId),
}

/// A task to be made.
#[derive(Debug, Clone)]
pub struct NewTask {
    pub title: Line,
    pub body: LongText,
    pub assignee: Option<MemberId>,
    pub due_at: Option<Timestamp>,
    pub remind_at: Option<Timestamp>,
    pub subject: Option<TaskSubject>,
}

/// What to change; what is left out stays, `Some(None)` takes the value away.
#[derive(Debug, Clone, Default)]
pub struct TaskChange {
    pub title: Option<Line>,
    pub body: Option<LongText>,
    pub status: Option<TaskStatus>,
    pub assignee: Option<Option<MemberId>>,
    pub due_at: Option<Option<Timestamp>>,
    pub remind_at: Option<Option<Timestamp>>,
}

/// Makes a task, in somebody's hands or nobody's.
///
/// # Errors
/// Somebody who cannot be given tasks, a subject out of sight, or a moment that cannot be.
pub async fn create_task(tx: &mut Tx<TaskCreate>, new: NewTask) -> Result<Task, Refusal> {
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    may_be(new.due_at, new.remind_at, tx.now())?;
    let (conversation, customer) = sighted(tx, new.subject).await?;
    if let Some(assignee) = new.assignee {
        must_be_eligible(tx, assignee).await?;
    }
    let (id, now): (TaskId, _) = (tx.ids().next(), tx.now());
    let insert = sql!(
        "insert into tasks (workspace_id, id, title, body, status, assignee_id, needs_assignee, due_at, remind_at,
            conversation_id, customer_id, version, created_by, created_at)
         values ($1, $2, $3, $4, 'open', $5, 0, $6, $7, $8, $9, 1, $10, $11)"
    );
    let (title, body) = (&*new.title, &*new.body);
    let moments = (new.due_at, new.remind_at);
    let values = args![id, title, body, new.assignee, moments.0, moments.1, conversation, customer, me, now];
    tx.run(insert, values).await?;
    let payload = json!({ "conversation_id": conversation, "customer_id": customer });
    let details = json!({ "title": title, "body": body });
    tx.record(Event::new("task.created", subject(id)).payload(payload).details(&Json::Null, &details));
    if let Some(assignee) = new.assignee {
        tx.record(Event::new("task.assigned", subject(id)).payload(json!({ "from": null, "to": assignee })));
    }
    reminder::plan(tx, id, new.remind_at);
    reread(tx, id).await
}

/// Changes a task: its words, its moments, who has it, and whether it is done.
///
/// # Errors
/// Out of sight, somebody else's where the right reaches one's own, somebody who cannot be given tasks, words that the
/// editor sees masked, or a moment that cannot be.
pub async fn update_task(tx: &mut Tx<TaskEdit>, id: TaskId, change: TaskChange) -> Result<Task, Refusal> {
    let before = held(tx, id, Permission::TaskEdit).await?;
    must_see_what_it_writes_over(tx, &before, &change)?;
    let had = before.assignee.as_ref().map(|member| member.id);
    let title = change.title.map_or_else(|| before.title.clone(), String::from);
    let body = change.body.map_or_else(|| before.body.clone(), String::from);
    let status = change.status.unwrap_or(before.status);
    let assignee = change.assignee.unwrap_or(had);
    let (due_at, remind_at) = (change.due_at.unwrap_or(before.due_at), change.remind_at.unwrap_or(before.remind_at));
    let is_new = |moment: Option<Timestamp>, was| moment.filter(|_| moment != was);
    may_be(is_new(due_at, before.due_at), is_new(remind_at, before.remind_at), tx.now())?;
    if let Some(member) = assignee.filter(|_| assignee != had) {
        must_be_eligible(tx, member).await?;
    }
    let fields = [
        ("title", title != before.title),
        ("body", body != before.body),
        ("due_at", due_at != before.due_at),
        ("remind_at", remind_at != before.remind_at),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    let (is_done, is_given) = (status != before.status, assignee != had);
    if fields.is_empty() && !is_done && !is_given {
        return Ok(before);
    }
    let done_at = if is_done { (status == TaskStatus::Done).then_some(tx.now()) } else { before.done_at };
    let needs_assignee = before.needs_assignee && assignee.is_none();
    let update = sql!(
        "update tasks set title = $3, body = $4, status = $5, assignee_id = $6, needs_assignee = $7, due_at = $8,
            remind_at = $9, done_at = $10, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let values = args![id, &title, &body, status.name(), assignee, needs_assignee, due_at, remind_at, done_at];
    tx.run(update, values).await?;
    if !fields.is_empty() {
        let told = |title: &str, body: &str, due: Option<Timestamp>, remind: Option<Timestamp>| json!({ "title": title, "body": body, "due_at": due, "remind_at": remind });
        let event = Event::new("task.updated", subject(id)).payload(json!({ "fields": fields }));
        tx.record(event.details(
            &told(&before.title, &before.body, before.due_at, before.remind_at),
            &told(&title, &body, due_at, remind_at),
        ));
    }
    if is_given {
        let kind = if assignee.is_some() { "task.assigned" } else { "task.unassigned" };
        tx.record(Event::new(kind, subject(id)).payload(json!({ "from": had, "to": assignee })));
    }
    if is_done {
        let kind = if status == TaskStatus::Done { "task.completed" } else { "task.reopened" };
        tx.record(Event::new(kind, subject(id)));
    }
    reminder::plan(tx, id, is_new(remind_at, before.remind_at));
    reread(tx, id).await
}

/// Deletes a task. For a while that can be undone.
///
/// # Errors
/// Out of sight, or somebody else's where the right reaches one's own.
pub async fn delete_task(tx: &mut Tx<TaskDelete>, id: TaskId) -> Result<(), Refusal> {
    held(tx, id, Permission::TaskDelete).await?;
    let now = tx.now();
    tx.run(sql!("update tasks set deleted_at = $3 where workspace_id = $1 and id = $2"), args![id, now]).await?;
    undo::can_be_undone(tx, &Step::TaskDeleted { id })?;
    tx.record(Event::new("task.deleted", subject(id)));
    Ok(())
}

/// Brings a deleted one back, with its reminder if that still lies ahead.
pub(crate) async fn restore(work: &mut Work, id: TaskId) -> Result<(), Refusal> {
    let text = sql!(
        "update tasks set deleted_at = null where workspace_id = $1 and id = $2 and deleted_at is not null returning id"
    );
    work.first(text, args![id]).await?.ok_or(ToolRefusal::Overtaken)?;
    held(work, id, Permission::TaskDelete).await?;
    work.record(Event::new("task.restored", subject(id)));
    Ok(())
}

/// Takes every open task out of the hands of a member who goes; says which (INV-09).
pub(crate) async fn let_go(work: &mut Work, member: MemberId) -> Result<Vec<TaskId>, Error> {
    let text = sql!(
        "update tasks set assignee_id = null, needs_assignee = 1, version = version + 1
         where workspace_id = $1 and assignee_id = $2 and status = 'open' and deleted_at is null returning id"
    );
    let ids = work.all(text, args![member]).await?.into_iter().map(|mut row: Row| row.take(0));
    let mut ids = ids.collect::<Result<Vec<TaskId>, _>>()?;
    ids.sort_unstable();
    for id in &ids {
        let payload = json!({ "from": member, "to": null, "cause": "exit" });
        work.record(Event::new("task.unassigned", subject(*id)).payload(payload));
    }
    Ok(ids)
}

fn subject(id: TaskId) -> Subject {
    Subject::new("task", id)
}

/// Whoever sees contact data in the words masked would write the mask over it.
fn must_see_what_it_writes_over(session: &Session, task: &Task, change: &TaskChange) -> Result<(), Refusal> {
    let exposure = task.exposure(&session.viewer());
    let hides = |text: &str| exposure.text(text) != text;
    match (change.title.is_some() && hides(&task.title)) || (change.body.is_some() && hides(&task.body)) {
        true => Err(customers::Refusal::Masked.into()),
        false => Ok(()),
    }
}

/// A reminder lies ahead; a task may be due already when it is written down.
fn may_be(due_at: Option<Timestamp>, remind_at: Option<Timestamp>, now: Timestamp) -> Result<(), TaskRefusal> {
    let (first, last) = (now.minus(LONGEST), now.plus(LONGEST));
    if due_at.is_some_and(|due| due < first || due > last) {
        return Err(TaskRefusal::Moment { field: "due_at" });
    }
    if remind_at.is_some_and(|remind| remind <= now || remind > last) {
        return Err(TaskRefusal::Moment { field: "remind_at" });
    }
    Ok(())
}

/// What a task is about, if its maker sees it.
async fn sighted(
    session: &mut Session,
    subject: Option<TaskSubject>,
) -> Result<(Option<ConversationId>, Option<CustomerId>), Refusal> {
    let (noun, found) = match subject {
        None => return Ok((None, None)),
        Some(TaskSubject::Conversation(id)) => {
            ("conversation", conversation::show(session, id).await.map(|_| (Some(id), None)))
        }
        Some(TaskSubject::Customer(id)) => {
            let found = customers::show(session, id).await;
            ("customer", found.map(|_| (None, Some(id))).map_err(Refusal::from))
        }
    };
    match found {
        Err(Refusal::Vault(Error::NotFound) | Refusal::Customer(customers::Refusal::Vault(Error::NotFound))) => {
            Err(TaskRefusal::UnknownSubject { noun }.into())
        }
        found => found,
    }
}

/// Whoever can be given tasks: an active member, on whatever seat, whose role lets them.
async fn must_be_eligible(session: &mut Session, member: MemberId) -> Result<(), Refusal> {
    match session.standing_of(member).await {
        Ok(standing) if standing.is_active() && standing.access().reach(Permission::TaskBeAssigned) != Reach::None => {
            Ok(())
        }
        Ok(_) | Err(Error::NotFound) => Err(TaskRefusal::NotEligible.into()),
        Err(error) => Err(error.into()),
    }
}
