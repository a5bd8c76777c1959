//! One open stream: what it has sent, what comes next, and when it has to end.
//!
//! A stream never skips a committed event: it is fed by the workspace's tail, and whenever it finds a gap or fell
//! behind it reads the table itself. Too far behind, it sends one `reset` and goes on from now.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream as FutureStream, stream};
use kernel::{Problem, WorkspaceId};
use serde::Serialize;
use tenancy::Revocation;
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Interval, MissedTickBehavior},
};

use super::{change::Change, hub::Signal, presence::Ephemeral};
use crate::{App, Failure};

const HEARTBEAT: Duration = Duration::from_secs(15);
/// A client that missed more than this fetches anew; replaying would cost both sides more.
const FARTHEST_BEHIND: i64 = 1000;

/// Whether the listener may go on listening.
pub(super) enum Standing {
    Unchanged,
    /// Its rights changed: what it holds may be too much or too little.
    Changed,
    Ended(&'static str),
}

/// Who listens: decides what a signal looks like to it, by the same visibility and masking as every other door.
pub(super) trait Listener: Send + 'static {
    /// Whose streams these are, for the figure of open ones.
    const KIND: &'static str;
    /// Whether rights have changed before this happened, and the listener does not know yet.
    fn is_behind(&self, _: &Change) -> bool {
        false
    }
    /// The data of a change's frame; nothing when it is out of sight.
    fn change(&mut self, app: &App, change: &Arc<Change>) -> impl Future<Output = Option<Arc<str>>> + Send;
    /// The connection has taken every frame so far.
    fn handed_over(&mut self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
    /// A whole ephemeral frame, without an id.
    fn ephemeral(&mut self, ephemeral: &Ephemeral) -> Option<String>;
    /// Looks again whether it may listen, after a hint or a while.
    fn look_again(&mut self, app: &App) -> impl Future<Output = Standing> + Send;
    /// Whether a revocation may concern it.
    fn concerns(&self, revocation: Revocation) -> bool;
    /// Ephemeral frames to begin with.
    fn greeting(&mut self, app: &App) -> Vec<String>;
}

struct Stream<L> {
    app: App,
    workspace: WorkspaceId,
    listener: L,
    /// The newest sequence this stream has dealt with.
    position: i64,
    signals: broadcast::Receiver<Signal>,
    revocations: broadcast::Receiver<Revocation>,
    heartbeat: Interval,
    pending: VecDeque<Bytes>,
    ended: bool,
    _counted: Counted,
}

/// One open stream in the figures, for as long as it is held.
struct Counted(&'static str);

impl Counted {
    fn new(kind: &'static str) -> Self {
        metrics::gauge!("guildhall_streams", "kind" => kind).increment(1.0);
        Self(kind)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("guildhall_streams", "kind" => self.0).decrement(1.0);
    }
}

/// Opens a stream after `last_event_id`, or from now.
pub(super) async fn open<L: Listener>(
    app: App,
    workspace: WorkspaceId,
    listener: L,
    last_event_id: Option<i64>,
    newest: impl Future<Output = Result<i64, tenancy::Error>>,
) -> Result<Response, Failure> {
    // Joined before the newest sequence is read, so that no commit falls between them.
    let signals = app.hub.join(workspace).await?;
    let revocations = app.vault.wake().revocations();
    let newest = newest.await?;
    let mut heartbeat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stream = Stream {
        app,
        workspace,
        listener,
        position: last_event_id.unwrap_or(newest),
        signals,
        revocations,
        heartbeat,
        pending: VecDeque::new(),
        ended: false,
        _counted: Counted::new(L::KIND),
    };
    stream.begin(newest).await;
    Ok(response(stream.frames()))
}

/// Where a client wants to go on: the header of a reconnecting browser, or the parameter of a first connection.
pub(super) fn last_event_id(headers: &HeaderMap, parameter: Option<i64>) -> Result<Option<i64>, Problem> {
    let malformed = || Problem::field("/Last-Event-ID", "invalid_value", "is the id of an earlier event");
    match headers.get("last-event-id") {
        Some(value) => {
            let id = value.to_str().ok().and_then(|text| text.parse::<i64>().ok()).filter(|id| *id >= 0);
            Ok(Some(id.ok_or_else(malformed)?))
        }
        None => parameter.map(|id| if id >= 0 { Ok(id) } else { Err(malformed()) }).transpose(),
    }
}

/// A frame without an id.
pub(super) fn frame(name: &str, data: &impl Serialize) -> Option<String> {
    let data = serde_json::to_string(data).ok()?;
    Some(format!("event: {name}\ndata: {data}\n\n"))
}

fn response(frames: impl FutureStream<Item = Result<Bytes, Infallible>> + Send + 'static) -> Response {
    let mut response = Body::from_stream(frames).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // Some proxies hold back what they think is a page.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

impl<L: Listener> Stream<L> {
    fn frames(self) -> impl FutureStream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, |mut stream| async {
            let frame = stream.next().await?;
            Some((Ok(frame), stream))
        })
    }

    async fn begin(&mut self, newest: i64) {
        // An id from a restored or foreign database lies ahead of everything.
        if self.position > newest || newest - self.position > FARTHEST_BEHIND {
            self.reset(newest);
        } else {
            self.push(format!("event: ready\ndata: {{\"seq\":{newest}}}\n\n"));
            self.catch_up().await;
        }
        let greeting = self.listener.greeting(&self.app);
        greeting.into_iter().for_each(|frame| self.push(frame));
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(frame) = self.pending.pop_front() {
                return Some(frame);
            }
            if self.ended {
                return None;
            }
            self.listener.handed_over().await;
            tokio::select! {
                signal = self.signals.recv() => self.take(signal).await,
                revocation = self.revocations.recv() => {
                    // Having missed some is reason enough to look.
                    if revocation.is_ok_and(|revocation| !self.listener.concerns(revocation)) {
                        continue;
                    }
                    self.look_again().await;
                }
                _ = self.heartbeat.tick() => {
                    self.look_again().await;
                    // An id without data moves the client's Last-Event-ID past what it could not see.
                    self.push(format!(": still here\nid: {}\n\n", self.position));
                }
            }
        }
    }

    async fn take(&mut self, signal: Result<Signal, RecvError>) {
        match signal {
            Ok(Signal::Change(change)) if change.event.seq <= self.position => {}
            Ok(Signal::Change(change)) if change.event.seq == self.position + 1 => self.send(&change).await,
            Ok(Signal::Change(_)) | Err(RecvError::Lagged(_)) => self.catch_up().await,
            Ok(Signal::Ephemeral(ephemeral)) => {
                if let Some(frame) = self.listener.ephemeral(&ephemeral) {
                    self.push(frame);
                }
            }
            Ok(Signal::End) | Err(RecvError::Closed) => self.ended = true,
        }
    }

    /// Reads what lies between the position and now from the table.
    async fn catch_up(&mut self) {
        let start = self.position;
        loop {
            match self.app.hub.changes_after(self.workspace, self.position).await {
                Ok(changes) if changes.is_empty() => return,
                Ok(changes) => {
                    let newest = changes.last().map_or(self.position, |change| change.event.seq);
                    if newest - start > FARTHEST_BEHIND {
                        return self.reset(newest);
                    }
                    for change in &changes {
                        self.send(change).await;
                    }
                }
                Err(error) => {
                    // The client reconnects and goes on from its last id.
                    tracing::warn!(%error, "a stream cannot catch up");
                    self.ended = true;
                    return;
                }
            }
        }
    }

    async fn send(&mut self, change: &Arc<Change>) {
        // The hint of a change of rights may come later than what happened after it, or never (INV-12).
        if self.listener.is_behind(change) {
            self.look_again().await;
        }
        if self.ended || self.listener.is_behind(change) {
            // Who cannot look reconnects, and goes on from its last id.
            self.ended = true;
            return;
        }
        self.position = change.event.seq;
        if let Some(data) = self.listener.change(&self.app, change).await {
            self.push(format!("id: {}\nevent: change\ndata: {data}\n\n", self.position));
        }
    }

    fn reset(&mut self, position: i64) {
        self.position = position;
        self.push(format!("id: {position}\nevent: reset\ndata: {{\"seq\":{position}}}\n\n"));
    }

    async fn look_again(&mut self) {
        match self.listener.look_again(&self.app).await {
            Standing::Unchanged => {}
            Standing::Changed => self.reset(self.position),
            Standing::Ended(code) => {
                self.push(format!("event: closed\ndata: {{\"code\":\"{code}\"}}\n\n"));
                self.ended = true;
            }
        }
    }

    fn push(&mut self, frame: String) {
        self.pending.push_back(Bytes::from(frame));
    }
}
