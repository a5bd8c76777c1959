//! Taking a visitor's message in on PostgreSQL: the same statements, one round trip each, on tokio-postgres.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use kernel::{Clock, Ids};
use tokio_postgres::{NoTls, Row, types::ToSql};

use super::{
    Fault,
    ingest::{Answer, Inbound, Place, Sent, Visitor, token},
    statements as sql,
};
use crate::data::house;

/// As many as the product opens on two cores.
const CONNECTIONS: usize = 16;

/// The statements in PostgreSQL's spelling.
struct Texts {
    visitor: String,
    hold_sender: String,
    earlier: String,
    go_on: String,
    message: String,
    receipt: String,
    search: String,
    next_seq: String,
    event: String,
}

#[derive(Clone)]
struct Ingest {
    pool: Pool,
    ids: Ids,
    texts: Arc<Texts>,
}

pub fn router(url: &str) -> Result<Router> {
    let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(url.parse()?, NoTls, config);
    let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;
    let spelled = |text: &str| text.replace('?', "$");
    let texts = Texts {
        visitor: spelled(sql::VISITOR),
        hold_sender: spelled(sql::HOLD_SENDER),
        earlier: spelled(sql::EARLIER),
        go_on: spelled(sql::GO_ON),
        message: spelled(sql::MESSAGE),
        receipt: spelled(sql::RECEIPT),
        search: spelled(sql::SEARCH_WHOLE),
        next_seq: spelled(sql::NEXT_SEQ),
        event: spelled(sql::EVENT),
    };
    let ingest = Ingest { pool, ids: Ids::new(Clock::system()), texts: Arc::new(texts) };
    Ok(Router::new().route("/widget/v1/messages", post(send)).with_state(ingest))
}

async fn send(
    State(ingest): State<Ingest>,
    headers: HeaderMap,
    Json(sent): Json<Sent>,
) -> Result<(StatusCode, Json<Answer>), Fault> {
    let connection = ingest.pool.get().await?;
    let hash = house::hash(token(&headers)?);
    let row = first(&connection, &ingest.texts.visitor, &[&hash.as_slice()]).await?.context("no such visitor")?;
    let visitor =
        Visitor { workspace: row.try_get(0)?, id: row.try_get(1)?, channel: row.try_get(2)?, customer: row.try_get(3)? };
    let inbound = Inbound::new(visitor, sent, &ingest.ids);
    connection.batch_execute("begin").await?;
    match receive(&connection, &ingest.texts, &inbound).await {
        Ok(place) => {
            connection.batch_execute("commit").await?;
            Ok((StatusCode::CREATED, Json(inbound.answer(&place))))
        }
        Err(error) => {
            connection.batch_execute("rollback").await?;
            Err(error.into())
        }
    }
}

type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

async fn first(connection: &Object, text: &str, values: Values<'_>) -> Result<Option<Row>> {
    let statement = connection.prepare_cached(text).await?;
    Ok(connection.query_opt(&statement, values).await?)
}

async fn run(connection: &Object, text: &str, values: Values<'_>) -> Result<()> {
    let statement = connection.prepare_cached(text).await?;
    connection.execute(&statement, values).await?;
    Ok(())
}

async fn receive(connection: &Object, texts: &Texts, inbound: &Inbound) -> Result<Place> {
    let Visitor { workspace: w, id: visitor, channel, customer } = &inbound.visitor;
    let (now, receipt) = (&inbound.now, inbound.receipt());
    let sender = first(connection, &texts.hold_sender, &[w, customer, now]).await?.context("no such customer")?;
    let name: String = sender.try_get(0)?;
    if first(connection, &texts.earlier, &[w, channel, &receipt]).await?.is_some() {
        bail!("the load never sends a message twice");
    }
    let row = first(connection, &texts.go_on, &[w, customer, channel, &inbound.text, now]).await?;
    let row = row.context("no open conversation")?;
    let place = Place { conversation: row.try_get(0)?, seq: row.try_get(1)?, assignee: row.try_get(2)? };
    let (conversation, seq, client_id) = (&place.conversation, &place.seq, inbound.client_id());
    let message: Values<'_> = &[
        w,
        conversation,
        seq,
        &inbound.id,
        &"inbound",
        &"customer",
        customer,
        &name,
        &inbound.text,
        &"received",
        &client_id,
        &"[]",
        now,
    ];
    run(connection, &texts.message, message).await?;
    run(connection, &texts.receipt, &[w, channel, &receipt, &inbound.id]).await?;
    run(connection, &texts.search, &[w, &"message", customer, conversation, seq, now, &inbound.terms()]).await?;
    let (sight, payload, row_hash) = inbound.event(&place);
    let head = first(connection, &texts.next_seq, &[w, &row_hash.as_slice()]).await?.context("no such workspace")?;
    let (number, hash): (i64, Vec<u8>) = (head.try_get(0)?, head.try_get(1)?);
    let event: Values<'_> = &[
        w,
        &number,
        now,
        &"message.received",
        &"visitor",
        visitor,
        &"inbound_receive",
        &"conversation",
        conversation,
        &None::<i64>,
        &sight,
        &payload,
        &row_hash.as_slice(),
        &hash,
    ];
    run(connection, &texts.event, event).await?;
    Ok(place)
}
