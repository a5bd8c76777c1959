//! Credits reserved and spent on SQLite: who is it, is it a member, then one durable transaction each.

use std::path::Path;

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{Path as InPath, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use kernel::{Clock, Ids};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Fault, inbox::cookie, readers::Readers, statements as sql, writer::Writer};
use crate::data::house;

const FIVE_MINUTES: i64 = 5 * 60 * 1000;

#[derive(Clone)]
struct Ledger {
    readers: Readers,
    writer: Writer,
    ids: Ids,
}

pub fn router(path: &Path) -> Result<Router> {
    let ledger = Ledger { readers: Readers::new(path), writer: Writer::open(path)?, ids: Ids::new(Clock::system()) };
    let there = "/api/v1/workspaces/{workspace}/credits/reservations";
    let router = Router::new().route(there, post(reserve)).route(&format!("{there}/{{id}}/commit"), post(commit));
    Ok(router.with_state(ledger))
}

#[derive(Deserialize)]
struct Asked {
    amount: i64,
    cause: Option<String>,
}

#[derive(Serialize)]
struct Reservation {
    id: Uuid,
    amount: i64,
    spent: i64,
    state: &'static str,
    cause: String,
    expires_at: i64,
}

/// Who asks.
#[derive(Clone, Copy)]
struct Asker {
    workspace: Uuid,
    session: Uuid,
    member: Uuid,
}

/// The held row of the pool, as far as it changes.
struct Pool {
    granted: i64,
    purchased: i64,
    reserved: i64,
    entries: i64,
    unlimited: i64,
    grant_size: i64,
    thresholds: String,
    warned: Option<i64>,
    month_start: i64,
    month_end: Option<i64>,
}

async fn reserve(
    State(ledger): State<Ledger>,
    InPath(workspace): InPath<Uuid>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Result<(StatusCode, Json<Reservation>), Fault> {
    let asker = ledger.readers.read(|connection| asker(connection, cookie(&headers)?, workspace)).await?;
    let (id, now): (Uuid, _) = (ledger.ids.next(), Clock::system().now().millis());
    let cause = asked.cause.context("no cause")?;
    let reservation =
        Reservation { id, amount: asked.amount, spent: 0, state: "open", cause, expires_at: now + FIVE_MINUTES };
    let reserved = ledger.writer.transact(|connection| keep(connection, asker, reservation, now)).await?;
    Ok((StatusCode::CREATED, Json(reserved)))
}

async fn commit(
    State(ledger): State<Ledger>,
    InPath((workspace, id)): InPath<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Result<Json<Reservation>, Fault> {
    let asker = ledger.readers.read(|connection| asker(connection, cookie(&headers)?, workspace)).await?;
    let now = Clock::system().now().millis();
    Ok(Json(ledger.writer.transact(|connection| spend(connection, asker, id, asked.amount, now)).await?))
}

fn asker(connection: &Connection, token: &str, workspace: Uuid) -> Result<Asker> {
    let (session, account): (Uuid, Uuid) = connection
        .prepare_cached(sql::SESSION)?
        .query_row(params![house::hash(token)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .context("no such session")?;
    let member = connection
        .prepare_cached(sql::MEMBER)?
        .query_row(params![workspace, account], |row| row.get(4))
        .optional()?
        .context("no member")?;
    Ok(Asker { workspace, session, member })
}

fn run(connection: &Connection, text: &str, values: &[&dyn ToSql]) -> Result<()> {
    connection.prepare_cached(text)?.execute(values)?;
    Ok(())
}

/// Looks again whether the asker may, and holds the pool.
fn hold(connection: &Connection, asker: Asker, now: i64) -> Result<Pool> {
    let Asker { workspace: w, session, .. } = asker;
    connection.prepare_cached(sql::RIGHTS)?.query_row(params![w, session, now], |row| row.get::<_, i64>(0))?;
    let pool = connection.prepare_cached(sql::HOLD_POOL)?.query_row(params![w], |row| {
        Ok(Pool {
            granted: row.get(0)?,
            purchased: row.get(1)?,
            reserved: row.get(2)?,
            entries: row.get(3)?,
            unlimited: row.get(4)?,
            grant_size: row.get(5)?,
            thresholds: row.get(6)?,
            warned: row.get(7)?,
            month_start: row.get(8)?,
            month_end: row.get(9)?,
        })
    })?;
    Ok(pool)
}

fn save(connection: &Connection, w: Uuid, pool: &Pool) -> Result<()> {
    let Pool { granted, purchased, reserved, entries, unlimited, grant_size, .. } = pool;
    let Pool { thresholds, warned, month_start, month_end, .. } = pool;
    let values = params![
        w,
        granted,
        purchased,
        reserved,
        entries,
        unlimited,
        grant_size,
        thresholds,
        warned,
        month_start,
        month_end
    ];
    run(connection, sql::SAVE_POOL, values)
}

fn keep(connection: &Connection, asker: Asker, kept: Reservation, now: i64) -> Result<Reservation> {
    let mut pool = hold(connection, asker, now)?;
    anyhow::ensure!(pool.granted + pool.purchased - pool.reserved >= kept.amount, "the pool is deep enough");
    pool.reserved += kept.amount;
    let (w, member, month) = (asker.workspace, asker.member, pool.month_start);
    let capped = connection.prepare_cached(sql::CAP)?.exists(params![w, member, month])?;
    anyhow::ensure!(!capped, "nobody is capped");
    run(connection, sql::COUNT, params![w, member, month, 0, kept.amount])?;
    save(connection, w, &pool)?;
    let nothing = None::<Uuid>;
    let key = kept.id.to_string();
    let values =
        params![w, kept.id, key, kept.amount, member, kept.cause, nothing, nothing, now, kept.expires_at, month];
    run(connection, sql::RESERVE, values)?;
    Ok(kept)
}

fn spend(connection: &Connection, asker: Asker, id: Uuid, amount: i64, now: i64) -> Result<Reservation> {
    let mut pool = hold(connection, asker, now)?;
    let (w, member) = (asker.workspace, asker.member);
    let (reserved, cause, state, expires_at, month): (i64, String, String, i64, i64) =
        connection.prepare_cached(sql::RESERVATION)?.query_row(params![w, id, member], |row| {
            Ok((row.get(1)?, row.get(4)?, row.get(7)?, row.get(8)?, row.get(9)?))
        })?;
    anyhow::ensure!(state == "open" && amount <= reserved, "the load settles each reservation once");
    pool.reserved -= reserved;
    pool.purchased -= amount;
    pool.entries += 1;
    let (seq, balance) = (pool.entries, pool.granted + pool.purchased);
    let nothing = None::<Uuid>;
    let key = format!("reservation/{id}");
    let values =
        params![w, seq, now, "consume", -amount, 0, balance, member, "member", member, cause, nothing, nothing, key];
    run(connection, sql::ENTRY, values)?;
    save(connection, w, &pool)?;
    run(connection, sql::COUNT_SETTLED, params![w, member, month, amount, -reserved])?;
    run(connection, sql::SETTLE, params![w, id, "committed", amount, now])?;
    let payload = json!({ "seq": seq, "amount": -amount, "balance": balance, "cause": cause, "member_id": member });
    record(connection, asker, &payload.to_string(), now)?;
    Ok(Reservation { id, amount: reserved, spent: amount, state: "committed", cause, expires_at })
}

fn record(connection: &Connection, Asker { workspace: w, member, .. }: Asker, payload: &str, now: i64) -> Result<()> {
    let mut hasher = Sha256::new();
    hasher.update(now.to_be_bytes());
    hasher.update(payload);
    let row_hash: [u8; 32] = hasher.finalize().into();
    let (number, hash): (i64, Vec<u8>) = connection
        .prepare_cached(sql::NEXT_SEQ)?
        .query_row(params![w, row_hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (kind, actor, right, subject) = ("credit.consumed", "member", "credit.consume", "workspace");
    let (parent, sight) = (None::<i64>, None::<String>);
    let values =
        params![w, number, now, kind, actor, member, right, subject, w, parent, sight, payload, row_hash, hash];
    run(connection, sql::EVENT, values)
}
