//! Taking a visitor's message in on SQLite: who is it, then one durable transaction.

use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    routing::post,
};
use kernel::{Clock, Ids, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Fault, readers::Readers, statements as sql, writer::Writer};
use crate::data::{house, words};

#[derive(Clone)]
struct Ingest {
    readers: Readers,
    writer: Writer,
    ids: Ids,
}

pub fn router(path: &Path) -> Result<Router> {
    let ingest = Ingest { readers: Readers::new(path), writer: Writer::open(path)?, ids: Ids::new(Clock::system()) };
    Ok(Router::new().route("/widget/v1/messages", post(send)).with_state(ingest))
}

#[derive(Deserialize)]
pub(super) struct Sent {
    client_id: Uuid,
    text: String,
}

#[derive(Serialize)]
pub(super) struct Answer {
    conversation_id: Uuid,
    message: Message,
}

#[derive(Serialize)]
struct Message {
    id: Uuid,
    seq: i64,
    client_id: Uuid,
    text: String,
    sent_at: Timestamp,
}

/// The visitor behind a token, and the customer it became with its first message.
pub(super) struct Visitor {
    pub workspace: Uuid,
    pub id: Uuid,
    pub channel: Uuid,
    pub customer: Uuid,
}

/// A message on its way in, with the values that the statements of both engines share.
pub(super) struct Inbound {
    pub visitor: Visitor,
    pub id: Uuid,
    pub text: String,
    client_id: Uuid,
    pub now: i64,
}

impl Inbound {
    pub(super) fn new(visitor: Visitor, sent: Sent, ids: &Ids) -> Self {
        let now = Clock::system().now().millis();
        Self { visitor, id: ids.next(), text: sent.text, client_id: sent.client_id, now }
    }

    pub(super) fn client_id(&self) -> String {
        self.client_id.to_string()
    }

    pub(super) fn receipt(&self) -> String {
        format!("{}/{}", self.visitor.id, self.client_id)
    }

    pub(super) fn terms(&self) -> String {
        words::terms(self.visitor.workspace, &self.text)
    }

    /// The event's sight and payload, and the hash of its row.
    pub(super) fn event(&self, place: &Place) -> (String, String, [u8; 32]) {
        let point = json!({ "assignee": place.assignee, "team": null, "customer": self.visitor.customer });
        let sight = json!({ "before": point, "after": point }).to_string();
        let payload = json!({ "conversation_id": place.conversation, "seq": place.seq, "message_id": self.id }).to_string();
        let mut hasher = Sha256::new();
        hasher.update(self.now.to_be_bytes());
        hasher.update(&sight);
        hasher.update(&payload);
        (sight, payload, hasher.finalize().into())
    }

    pub(super) fn answer(self, place: &Place) -> Answer {
        let sent_at = Timestamp::from_millis(self.now);
        let message = Message { id: self.id, seq: place.seq, client_id: self.client_id, text: self.text, sent_at };
        Answer { conversation_id: place.conversation, message }
    }
}

/// The conversation that took the message, and its number there.
pub(super) struct Place {
    pub conversation: Uuid,
    pub seq: i64,
    pub assignee: Option<Uuid>,
}

pub(super) fn token(headers: &HeaderMap) -> Result<&str> {
    let header = headers.get(header::AUTHORIZATION).context("no token")?;
    header.to_str()?.strip_prefix("Visitor ").context("no visitor's token")
}

async fn send(
    State(ingest): State<Ingest>,
    headers: HeaderMap,
    Json(sent): Json<Sent>,
) -> Result<(StatusCode, Json<Answer>), Fault> {
    let token = token(&headers)?;
    let visitor = ingest.readers.read(|connection| visitor(connection, token)).await?;
    let inbound = Inbound::new(visitor, sent, &ingest.ids);
    let (inbound, place) = ingest
        .writer
        .transact(|connection| {
            let place = receive(connection, &inbound)?;
            Ok((inbound, place))
        })
        .await?;
    Ok((StatusCode::CREATED, Json(inbound.answer(&place))))
}

fn visitor(connection: &Connection, token: &str) -> Result<Visitor> {
    connection
        .prepare_cached(sql::VISITOR)?
        .query_row(params![house::hash(token)], |row| {
            Ok(Visitor { workspace: row.get(0)?, id: row.get(1)?, channel: row.get(2)?, customer: row.get(3)? })
        })
        .optional()?
        .context("no such visitor")
}

fn receive(connection: &Connection, inbound: &Inbound) -> Result<Place> {
    let Visitor { workspace: w, id: visitor, channel, customer } = inbound.visitor;
    let (now, receipt) = (inbound.now, inbound.receipt());
    let run = |text, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(text)?.execute(values);
    let name: String =
        connection.prepare_cached(sql::HOLD_SENDER)?.query_row(params![w, customer, now], |row| row.get(0))?;
    if connection.prepare_cached(sql::EARLIER)?.exists(params![w, channel, receipt])? {
        bail!("the load never sends a message twice");
    }
    let place = connection.prepare_cached(sql::GO_ON)?.query_row(
        params![w, customer, channel, inbound.text, now],
        |row| Ok(Place { conversation: row.get(0)?, seq: row.get(1)?, assignee: row.get(2)? }),
    )?;
    let (conversation, seq) = (place.conversation, place.seq);
    run(
        sql::MESSAGE,
        params![
            w,
            conversation,
            seq,
            inbound.id,
            "inbound",
            "customer",
            customer,
            name,
            inbound.text,
            "received",
            inbound.client_id(),
            "[]",
            now
        ],
    )?;
    run(sql::RECEIPT, params![w, channel, receipt, inbound.id])?;
    let entry: i64 = connection
        .prepare_cached(sql::SEARCH_ENTRY)?
        .query_row(params![w, "message", customer, conversation, seq, now], |row| row.get(0))?;
    run(sql::SEARCH_TERMS, params![entry, inbound.terms()])?;
    let (sight, payload, row_hash) = inbound.event(&place);
    let (number, hash): (i64, Vec<u8>) = connection
        .prepare_cached(sql::NEXT_SEQ)?
        .query_row(params![w, row_hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
    run(
        sql::EVENT,
        params![
            w,
            number,
            now,
            "message.received",
            "visitor",
            visitor,
            "inbound_receive",
            "conversation",
            conversation,
            None::<i64>,
            sight,
            payload,
            row_hash,
            hash
        ],
    )?;
    Ok(place)
}
