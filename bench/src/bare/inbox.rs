//! The inbox list: who is it, is it a member, one page.

use std::path::Path;

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{Path as InPath, Query, State},
    http::{HeaderMap, header},
    routing::get,
};
use kernel::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Fault,
    readers::Readers,
    statements::{CONVERSATION_PAGE, MEMBER, SESSION},
};
use crate::data::house;

const PAGE: usize = 25;

pub fn router(path: &Path) -> Router {
    Router::new().route("/api/v1/workspaces/{workspace}/conversations", get(list)).with_state(Readers::new(path))
}

#[derive(Deserialize)]
struct Position {
    /// Moment and id of the last conversation of the page before.
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Page {
    items: Vec<Conversation>,
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct Conversation {
    id: Uuid,
    customer: Customer,
    channel: Channel,
    business_id: Uuid,
    status: String,
    mode: String,
    mode_epoch: i64,
    assignee: Option<Assignee>,
    subject: Option<String>,
    preview: Preview,
    last_seq: i64,
    last_inbound_seq: i64,
    last_outbound_seq: i64,
    read_seq: i64,
    unread_count: i64,
    waiting_since: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    last_activity_at: Timestamp,
    created_at: Timestamp,
    version: i64,
}

#[derive(Serialize)]
struct Customer {
    id: Uuid,
    display_name: String,
    email: Option<String>,
}

#[derive(Serialize)]
struct Channel {
    id: Uuid,
    kind: String,
    name: String,
}

#[derive(Serialize)]
struct Assignee {
    id: Uuid,
    name: String,
}

#[derive(Serialize)]
struct Preview {
    text: Option<String>,
    author_kind: Option<String>,
    at: Option<Timestamp>,
}

async fn list(
    State(readers): State<Readers>,
    InPath(workspace): InPath<Uuid>,
    Query(position): Query<Position>,
    headers: HeaderMap,
) -> Result<Json<Page>, Fault> {
    let token = cookie(&headers)?;
    let (at, id) = match &position.cursor {
        Some(cursor) => {
            let (at, id) = cursor.split_once('.').context("no cursor")?;
            (at.parse()?, id.parse()?)
        }
        None => (i64::MAX, Uuid::max()),
    };
    Ok(Json(readers.read(|connection| page(connection, token, workspace, (at, id))).await?))
}

/// The token of the session.
pub(super) fn cookie(headers: &HeaderMap) -> Result<&str> {
    let cookie = headers.get(header::COOKIE).and_then(|cookie| cookie.to_str().ok()).context("no cookie")?;
    cookie.strip_prefix("sid=").context("no session")
}

fn page(connection: &Connection, token: &str, workspace: Uuid, (at, id): (i64, Uuid)) -> Result<Page> {
    let account: Uuid = connection
        .prepare_cached(SESSION)?
        .query_row(params![house::hash(token)], |row| row.get(1))
        .optional()?
        .context("no such session")?;
    let member: Uuid = connection
        .prepare_cached(MEMBER)?
        .query_row(params![workspace, account], |row| row.get(4))
        .optional()?
        .context("no member")?;
    let mut statement = connection.prepare_cached(CONVERSATION_PAGE)?;
    let now = kernel::Clock::system().now().millis();
    let rows = statement.query_map(params![workspace, member, now, "open", at, id, PAGE as i64 + 1], read)?;
    let mut items = rows.collect::<Result<Vec<_>, _>>()?;
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next_cursor = items.last().filter(|_| more).map(|last| format!("{}.{}", last.last_activity_at.millis(), last.id));
    Ok(Page { items, next_cursor })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    let moment = |column: usize| row.get::<_, Option<i64>>(column).map(|millis| millis.map(Timestamp::from_millis));
    let assignee: Option<Uuid> = row.get(11)?;
    Ok(Conversation {
        id: row.get(0)?,
        customer: Customer { id: row.get(1)?, display_name: row.get(2)?, email: row.get(3)? },
        channel: Channel { id: row.get(4)?, kind: row.get(5)?, name: row.get(6)? },
        business_id: row.get(7)?,
        status: row.get(8)?,
        mode: row.get(9)?,
        mode_epoch: row.get(10)?,
        assignee: assignee.map(|id| row.get(12).map(|name| Assignee { id, name })).transpose()?,
        subject: row.get(14)?,
        preview: Preview { text: row.get(15)?, author_kind: row.get(16)?, at: moment(17)? },
        last_seq: row.get(18)?,
        last_inbound_seq: row.get(19)?,
        last_outbound_seq: row.get(20)?,
        read_seq: row.get(23)?,
        unread_count: row.get(24)?,
        waiting_since: moment(25)?,
        snoozed_until: moment(26)?,
        last_activity_at: Timestamp::from_millis(row.get(27)?),
        created_at: Timestamp::from_millis(row.get(28)?),
        version: row.get(29)?,
    })
}
