//! Lists of tasks: whose they are and when they are due, by the wall calendar of the workspace.

use kernel::{ConversationId, Cursor, CustomerId, Date, DayOfWeek, Limit, Page, TimeOfDay, Timestamp, Zone};
use serde::{Deserialize, Serialize};
use tenancy::{Composed, Error, Session, args, part};
use utoipa::ToSchema;

use super::{Task, TaskStatus, narrow_tasks, read, rows};
use crate::{Refusal, conversation};

/// Whose tasks are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// In the reader's hands.
    Me,
    /// In the hands of somebody of the reader's teams, or in nobody's.
    Team,
    #[default]
    All,
}

/// When the listed tasks are due. Each task is in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    Overdue,
    /// Later today.
    Today,
    /// After today and before the next Monday.
    Week,
    Later,
    None,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct TaskFilter {
    pub whose: Whose,
    pub due: Option<Due>,
    /// Both where it is left out.
    pub status: Option<TaskStatus>,
    pub conversation: Option<ConversationId>,
    pub customer: Option<CustomerId>,
}

/// Without a day a task comes last.
const NEVER: i64 = i64::MAX;

/// Tasks that the session's actor sees, by when they are due.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn tasks(
    session: &mut Session,
    filter: TaskFilter,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Task>, Refusal> {
    let list = format!("tasks/{}/{filter:?}", session.workspace());
    if !is_in_sight(session, &filter).await? {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let mut query = rows(session);
    narrow_tasks(session, &mut query);
    whose(session, filter.whose, &mut query);
    if let Some(due) = filter.due {
        let zone = directory::business_hours(session).await?.zone;
        within(due, &zone, session.now(), &mut query)?;
    }
    if let Some(status) = filter.status {
        query.push(part!("and k.status = ?"), args![status.name()]);
    }
    if let Some(conversation) = filter.conversation {
        query.push(part!("and k.conversation_id = ?"), args![conversation]);
    }
    if let Some(customer) = filter.customer {
        query.push(part!("and u.id = ?"), args![customer]);
    }
    if let Some(cursor) = cursor {
        let (due, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (coalesce(k.due_at, ?), k.id) > (?, ?)"), args![NEVER, due, id]);
    }
    query.push(part!("order by coalesce(k.due_at, ?), k.id limit ?"), args![NEVER, limit.get() + 1]);
    let found = session.list(&query).await?;
    let tasks = found.into_iter().map(|row| read(row, session)).collect::<Result<Vec<_>, _>>()?;
    let place = |task: &Task| (task.due_at.map_or(NEVER, Timestamp::millis), task.id.into());
    Ok(Page::cut(tasks, limit, place, &list))
}

/// What is out of sight finds no tasks either.
async fn is_in_sight(session: &mut Session, filter: &TaskFilter) -> Result<bool, Refusal> {
    if let Some(id) = filter.conversation {
        match conversation::show(session, id).await {
            Err(Refusal::Vault(Error::NotFound)) => return Ok(false),
            outcome => outcome?,
        };
    }
    match filter.customer {
        Some(id) => Ok(customers::among(session, &[id.into()]).await?.contains_key(&id.into())),
        None => Ok(true),
    }
}

fn whose(session: &Session, whose: Whose, query: &mut Composed) {
    let viewer = session.viewer();
    match (whose, viewer.member) {
        (Whose::All, _) => {}
        (Whose::Me, Some(me)) => {
            query.push(part!("and k.assignee_id = ?"), args![me]);
        }
        (Whose::Team, Some(_)) => {
            let teams: Vec<_> = viewer.teams.iter().map(|team| (*team).into()).collect();
            query
                .push(
                    part!(
                        "and (k.assignee_id is null or exists (select 1 from team_members t
                            where t.workspace_id = $1 and t.member_id = k.assignee_id and t.team_id in ("
                    ),
                    &[],
                )
                .push_ids(&teams)
                .push(part!("))"), &[]);
        }
        (Whose::Me | Whose::Team, None) => {
            query.push(part!("and 1 = 0"), &[]);
        }
    }
}

fn within(due: Due, zone: &Zone, now: Timestamp, query: &mut Composed) -> Result<(), Error> {
    let (tomorrow, monday) = edges(zone, now).ok_or_else(|| Error::Corrupt(format!("no day in {zone}")))?;
    let between = |from: Timestamp, to: Timestamp| args![from, to].to_vec();
    match due {
        Due::Overdue => query.push(part!("and k.due_at < ?"), args![now]),
        Due::Today => query.push(part!("and k.due_at >= ? and k.due_at < ?"), &between(now, tomorrow)),
        Due::Week => query.push(part!("and k.due_at >= ? and k.due_at < ?"), &between(tomorrow, monday)),
        Due::Later => query.push(part!("and k.due_at >= ?"), args![monday]),
        Due::None => query.push(part!("and k.due_at is null"), &[]),
    };
    Ok(())
}

/// Where tomorrow and the next Monday begin.
fn edges(zone: &Zone, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let today: Date = zone.date(now);
    let midnight = TimeOfDay::from_minutes(0)?;
    let tomorrow = zone.next(midnight, now)?;
    let to_monday = 8 - i64::from(DayOfWeek::of(today));
    let mut monday = now;
    for _ in 0..to_monday {
        monday = zone.next(midnight, monday)?;
    }
    Some((tomorrow, monday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    #[test]
    fn days_begin_by_the_wall_calendar_also_where_clocks_change() {
        let madrid: Zone = "Europe/Madrid".parse().expect("a zone");
        // Saturday evening before the night that is an hour shorter.
        let edges = |now: &str| edges(&madrid, at(now)).expect("edges");
        assert_eq!(edges("2026-03-28T20:00:00Z"), (at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z")));
        // A Monday just begun, and a Sunday.
        assert_eq!(edges("2026-01-04T23:00:00Z"), (at("2026-01-05T23:00:00Z"), at("2026-01-11T23:00:00Z")));
        assert_eq!(edges("2026-01-04T12:00:00Z"), (at("2026-01-04T23:00:00Z"), at("2026-01-04T23:00:00Z")));
    }
}
