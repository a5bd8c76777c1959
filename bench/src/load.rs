//! Closed-loop load: every client has one connection and asks again as soon as it was answered.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use hdrhistogram::Histogram;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::JoinSet};

use crate::process::Server;

pub type Outgoing = Request<Full<Bytes>>;

/// One HTTP/1.1 connection that is kept open.
pub struct Connection(SendRequest<Full<Bytes>>);

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: Outgoing) -> Result<(StatusCode, Bytes)> {
        let (head, body) = self.ask(request).await?.into_parts();
        Ok((head.status, body.collect().await?.to_bytes()))
    }

    /// Sends a request and leaves the answer's body to be read bit by bit.
    pub async fn ask(&mut self, request: Outgoing) -> Result<Response<Incoming>> {
        self.0.ready().await?;
        Ok(self.0.send_request(request).await?)
    }

    /// The JSON of an answer with one of the expected codes.
    pub async fn json(&mut self, request: Outgoing) -> Result<serde_json::Value> {
        let uri = request.uri().clone();
        let (status, body) = self.send(request).await?;
        if !status.is_success() {
            bail!("{uri} answered {status}: {}", String::from_utf8_lossy(&body));
        }
        serde_json::from_slice(&body).with_context(|| format!("{uri} answered no JSON"))
    }
}

/// Makes the `n`th request of a client, which may go on from its last answer; that is empty after a failure.
pub trait Script: Send + Sync + 'static {
    fn request(&self, client: usize, n: u64, last: &[u8]) -> Outgoing;
}
impl<F: Fn(usize, u64) -> Outgoing + Send + Sync + 'static> Script for F {
    fn request(&self, client: usize, n: u64, _last: &[u8]) -> Outgoing {
        self(client, n)
    }
}

/// A script whose requests go on from the answer before.
pub struct Following<F>(pub F);
impl<F: Fn(usize, u64, &[u8]) -> Outgoing + Send + Sync + 'static> Script for Following<F> {
    fn request(&self, client: usize, n: u64, last: &[u8]) -> Outgoing {
        self.0(client, n, last)
    }
}

/// What a load measured; several rounds add up.
pub struct Figures {
    pub requests: u64,
    pub failures: u64,
    pub seconds: f64,
    pub server_cpu_seconds: f64,
    pub bytes: u64,
    micros: Histogram<u64>,
}

impl Default for Figures {
    fn default() -> Self {
        let micros = Histogram::new_with_max(60_000_000, 3).expect("the bounds are valid");
        Self { requests: 0, failures: 0, seconds: 0.0, server_cpu_seconds: 0.0, bytes: 0, micros }
    }
}

impl Figures {
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.seconds
    }

    /// A percentile of the answer times, in milliseconds.
    pub fn millis(&self, percentile: f64) -> f64 {
        self.micros.value_at_percentile(percentile) as f64 / 1000.0
    }

    /// The server's processor time for one request, in microseconds.
    pub fn cpu_micros(&self) -> f64 {
        self.server_cpu_seconds * 1e6 / self.requests as f64
    }

    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.failures += other.failures;
        self.seconds += other.seconds;
        self.server_cpu_seconds += other.server_cpu_seconds;
        self.bytes += other.bytes;
        self.micros.add(&other.micros).expect("both have the same bounds");
    }
}

/// Runs `clients` against a server for a while. Answers other than 2xx are failures and not counted as requests.
pub async fn run(server: &Server, clients: usize, duration: Duration, script: Arc<dyn Script>) -> Result<Figures> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Connection::open(server.address).await?);
    }
    let complaint = Arc::new(Mutex::new(None));
    let mut tasks = JoinSet::new();
    let (cpu, started) = (server.cpu_seconds(), Instant::now());
    for (client, connection) in connections.into_iter().enumerate() {
        tasks.spawn(drive(connection, client, started + duration, script.clone(), complaint.clone()));
    }
    let mut total = Figures::default();
    while let Some(figures) = tasks.join_next().await {
        total.add(&figures??);
    }
    total.seconds = started.elapsed().as_secs_f64();
    total.server_cpu_seconds = server.cpu_seconds() - cpu;
    let complaint = complaint.lock().map_or(None, |mut first| first.take());
    match complaint {
        Some(complaint) if total.requests == 0 => bail!("every request failed: {complaint}"),
        Some(complaint) => eprintln!("  {} requests failed, the first with {complaint}", total.failures),
        None => {}
    }
    Ok(total)
}

async fn drive(
    mut connection: Connection,
    client: usize,
    until: Instant,
    script: Arc<dyn Script>,
    complaint: Arc<Mutex<Option<String>>>,
) -> Result<Figures> {
    let mut figures = Figures::default();
    let mut last = Bytes::new();
    for n in 0.. {
        let request = script.request(client, n, &last);
        let asked = Instant::now();
        if asked >= until {
            break;
        }
        let (status, body) = connection.send(request).await?;
        if status.is_success() {
            figures.micros.saturating_record(asked.elapsed().as_micros() as u64);
            figures.requests += 1;
            figures.bytes += body.len() as u64;
            last = body;
        } else {
            last = Bytes::new();
            figures.failures += 1;
            if let Ok(mut first) = complaint.lock() {
                first.get_or_insert_with(|| format!("{status}: {}", String::from_utf8_lossy(&body)));
            }
        }
    }
    Ok(figures)
}
