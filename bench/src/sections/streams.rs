//! Open event streams, as browsers and widgets hold them.

use anyhow::{Context, Result, bail};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use hyper::{StatusCode, body::Incoming};
use kernel::{Clock, Timestamp};
use serde::Deserialize;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};
use uuid::Uuid;

use crate::{
    data::house::House,
    load::{Connection, Outgoing},
    process::Server,
    requests,
};

/// Streams are opened this many at a time.
const OPENING_AT_ONCE: usize = 32;

/// A message that arrived on a stream.
pub struct Arrival {
    pub stream: usize,
    pub at_member: bool,
    pub message: Uuid,
    /// From the moment the server wrote into the message to the frame's arrival here.
    pub millis: i64,
}

/// All streams of a house; closed when dropped.
pub struct Streams {
    pub count: usize,
    _readers: JoinSet<Result<()>>,
}

/// Opens a stream for every member and visitor and waits until each is ready.
pub async fn open(server: &Server, house: &House, arrivals: &mpsc::UnboundedSender<Arrival>) -> Result<Streams> {
    let mut wanted: Vec<(bool, Outgoing)> = Vec::new();
    for workspace in &house.workspaces {
        let path = format!("/api/v1/workspaces/{}/events", workspace.id);
        wanted.extend(workspace.members.iter().map(|member| (true, requests::get(&path, member))));
        let visitors = workspace.visitors.iter();
        wanted.extend(visitors.map(|visitor| (false, requests::widget_get("/widget/v1/events", visitor))));
    }
    let count = wanted.len();
    let mut readers = JoinSet::new();
    let mut opening = stream::iter(wanted.into_iter().enumerate())
        .map(|(number, (at_member, request))| async move {
            let mut connection = Connection::open(server.address).await?;
            let response = connection.ask(request).await?;
            if response.status() != StatusCode::OK {
                bail!("a stream answered {}", response.status());
            }
            Ok((number, at_member, connection, response.into_body()))
        })
        .buffer_unordered(OPENING_AT_ONCE);
    let mut ready = Vec::with_capacity(count);
    while let Some(opened) = opening.next().await {
        let (number, at_member, connection, body) = opened?;
        let (tell, told) = oneshot::channel();
        ready.push(told);
        let reader = Reader { number, at_member, ready: Some(tell), arrivals: arrivals.clone() };
        readers.spawn(reader.follow(connection, body));
    }
    for told in ready {
        told.await.context("a stream ended before it was ready")?;
    }
    Ok(Streams { count, _readers: readers })
}

struct Reader {
    number: usize,
    at_member: bool,
    ready: Option<oneshot::Sender<()>>,
    arrivals: mpsc::UnboundedSender<Arrival>,
}

#[derive(Deserialize)]
struct Change {
    kind: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    id: Uuid,
    sent_at: Timestamp,
}

impl Reader {
    /// Reads to the stream's end; the connection has to live as long as its body.
    async fn follow(mut self, _connection: Connection, mut body: Incoming) -> Result<()> {
        let mut buffer = Vec::new();
        while let Some(frame) = body.frame().await {
            let now = Clock::system().now();
            if let Some(data) = frame?.data_ref() {
                buffer.extend_from_slice(data);
            }
            while let Some(end) = buffer.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = buffer.drain(..end + 2).collect();
                self.take(std::str::from_utf8(&event)?, now)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, event: &str, now: Timestamp) -> Result<()> {
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim_start);
        match field("event:") {
            Some("ready") => {
                if let Some(ready) = self.ready.take() {
                    // Nobody waits any more when opening has failed elsewhere.
                    let _ = ready.send(());
                }
            }
            Some("change") => {
                let change: Change = serde_json::from_str(field("data:").context("a change without data")?)?;
                let is_new = matches!(change.kind.as_str(), "message.received" | "message.sent");
                if let Some(message) = change.message.filter(|_| is_new) {
                    let millis = now.millis() - message.sent_at.millis();
                    let arrival =
                        Arrival { stream: self.number, at_member: self.at_member, message: message.id, millis };
                    self.arrivals.send(arrival)?;
                }
            }
            Some("reset" | "closed") => bail!("a stream was told: {event}"),
            _ => {}
        }
        Ok(())
    }
}

