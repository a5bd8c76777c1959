//! d: from the server's own moment in a message to its frame in every open stream.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use serde_json::json;
use tokio::{sync::mpsc, task::JoinSet};
use uuid::Uuid;

use super::{
    Run, sqlite_url,
    streams::{self, Arrival},
};
use crate::{
    data::{
        Engine, Random,
        house::{self, House, Plan, Workspace},
        words,
    },
    load::Connection,
    process::{self, Server},
    report::{Bound, Section},
    requests,
};

/// The tasks that write; each has visitors of its own, so no two write into one conversation.
const WRITERS: usize = 8;
/// Every fifth message is a member's reply, which the visitor has to see too.
const REPLY_EVERY: u64 = 5;
/// How long frames may still come after the last message.
const STRAGGLERS: Duration = Duration::from_secs(5);

struct Scene {
    name: &'static str,
    plan: Plan,
    per_second: u32,
}

const MANY: Scene = Scene {
    name: "2,000 streams in 40 workspaces, 100 messages/s",
    plan: Plan { workspaces: 40, members: 5, visitors: 45 },
    per_second: 100,
};
const HOT: Scene = Scene {
    name: "one workspace with 200 members, 10 messages/s",
    plan: Plan { workspaces: 1, members: 200, visitors: 16 },
    per_second: 10,
};

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('d', "From commit to screen");
    for scene in [MANY, HOT] {
        play(run, &scene, &mut section).await?;
    }
    Ok(section)
}

async fn play(run: &Run, scene: &Scene, section: &mut Section) -> Result<()> {
    let duration = Duration::from_secs(if run.short { 15 } else { 60 });
    let folder = run.fresh("screen")?;
    let path = folder.join("product.db");
    process::migrate(&sqlite_url(&path)).await?;
    let now = kernel::Clock::system().now().millis();
    let house = Arc::new(House::plan(scene.plan, now.unsigned_abs(), now));
    house::write_sqlite(&path, &house.rows(Engine::Sqlite, now)?)?;
    let server = process::product(&sqlite_url(&path), &folder).await?;

    let mut writers = Vec::new();
    for number in 0..WRITERS {
        writers.push(Writer::prepare(&server, &house, number).await?);
    }
    let (tell, mut told) = mpsc::unbounded_channel();
    let streams = streams::open(&server, &house, &tell).await?;
    let (cpu, started) = (server.cpu_seconds(), Instant::now());
    let mut writing = JoinSet::new();
    for writer in writers {
        writing.spawn(writer.write(scene.per_second, duration));
    }
    let mut sent = Vec::new();
    while let Some(messages) = writing.join_next().await {
        sent.extend(messages??);
    }
    let seconds = started.elapsed().as_secs_f64();
    let mut tally = Tally::default();
    tally.gather(&mut told).await;
    let busy = (server.cpu_seconds() - cpu) / seconds;
    let (_, resident) = server.resident_mib();
    section.row(scene.name, tally.cells(&sent, streams.count, seconds, busy, resident));
    let lost = tally.lost(&sent, scene.plan);
    section.bar(format!("{}: p50 in ms", scene.name), tally.millis(50.0), Bound::AtMost(40.0));
    section.bar(format!("{}: p99 in ms", scene.name), tally.millis(99.0), Bound::AtMost(300.0));
    section.bar(format!("{}: lost frames", scene.name), lost as f64, Bound::AtMost(0.0));
    section.bar(format!("{}: resident MiB", scene.name), resident, Bound::AtMost(512.0));
    drop(streams);
    server.stop().await
}

/// A message that the server accepted.
struct Sent {
    id: Uuid,
    is_reply: bool,
}

/// One task's share of the visitors, and the conversation of each.
struct Writer {
    number: usize,
    connection: Connection,
    house: Arc<House>,
    threads: Vec<Thread>,
}

#[derive(Clone, Copy)]
struct Thread {
    workspace: usize,
    visitor: usize,
    conversation: Uuid,
    seq: i64,
}

impl Writer {
    /// Every visitor writes once before the streams open, so that its conversation is there.
    async fn prepare(server: &Server, house: &Arc<House>, number: usize) -> Result<Self> {
        let mut connection = Connection::open(server.address).await?;
        let places = (0..house.workspaces.len())
            .flat_map(|workspace| (0..house.workspaces[workspace].visitors.len()).map(move |visitor| (workspace, visitor)));
        let mut threads = Vec::new();
        for (workspace, visitor) in places.skip(number).step_by(WRITERS) {
            let request = requests::widget_message(&house.workspaces[workspace].visitors[visitor], "Hello?");
            let answer = connection.json(request).await?;
            let conversation = answer["conversation_id"].as_str().context("a conversation")?.parse()?;
            let seq = answer["message"]["seq"].as_i64().context("a sequence")?;
            threads.push(Thread { workspace, visitor, conversation, seq });
        }
        Ok(Self { number, connection, house: house.clone(), threads })
    }

    /// Writes at an even pace. A late answer delays the next message, and then the pace is made up for.
    async fn write(mut self, per_second: u32, duration: Duration) -> Result<Vec<Sent>> {
        let step = Duration::from_secs(WRITERS as u64) / per_second;
        let start = tokio::time::Instant::now() + step * self.number as u32 / WRITERS as u32;
        let mut pace = tokio::time::interval_at(start, step);
        let mut sent = Vec::new();
        for n in 0..(duration.as_millis() / step.as_millis()) as u64 {
            pace.tick().await;
            sent.push(self.say(n).await?);
        }
        Ok(sent)
    }

    async fn say(&mut self, n: u64) -> Result<Sent> {
        let count = self.threads.len();
        let thread = &mut self.threads[n as usize % count];
        let workspace = &self.house.workspaces[thread.workspace];
        let text = words::message(&mut Random::new(n));
        let is_reply = n % REPLY_EVERY == REPLY_EVERY - 1;
        let answer = if is_reply {
            self.connection.json(reply(workspace, thread, n, &text)).await?
        } else {
            self.connection.json(requests::widget_message(&workspace.visitors[thread.visitor], &text)).await?["message"].take()
        };
        thread.seq = answer["seq"].as_i64().context("a sequence")?;
        Ok(Sent { id: answer["id"].as_str().context("an id")?.parse()?, is_reply })
    }
}

fn reply(workspace: &Workspace, thread: &Thread, n: u64, text: &str) -> crate::load::Outgoing {
    let member = &workspace.members[n as usize % workspace.members.len()];
    let path = format!("/api/v1/workspaces/{}/conversations/{}/messages", workspace.id, thread.conversation);
    requests::post(&path, member, &json!({ "text": text, "seen_seq": thread.seq }))
}

/// What arrived, each message once per stream.
struct Tally {
    millis: Histogram<u64>,
    seen: HashSet<(usize, Uuid)>,
    at_members: HashMap<Uuid, usize>,
    at_visitors: HashMap<Uuid, usize>,
    repeated: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            millis: Histogram::new(3).expect("the precision is valid"),
            seen: HashSet::new(),
            at_members: HashMap::new(),
            at_visitors: HashMap::new(),
            repeated: 0,
        }
    }
}

impl Tally {
    /// Takes what arrived so far and waits a little for what is still missing.
    async fn gather(&mut self, arrivals: &mut mpsc::UnboundedReceiver<Arrival>) {
        let patience = tokio::time::sleep(STRAGGLERS);
        tokio::pin!(patience);
        loop {
            tokio::select! {
                biased;
                Some(arrival) = arrivals.recv() => self.take(&arrival),
                () = &mut patience => return,
            }
        }
    }

    fn take(&mut self, arrival: &Arrival) {
        if !self.seen.insert((arrival.stream, arrival.message)) {
            self.repeated += 1;
            return;
        }
        let place = if arrival.at_member { &mut self.at_members } else { &mut self.at_visitors };
        *place.entry(arrival.message).or_default() += 1;
        self.millis.saturating_record(arrival.millis.max(0).unsigned_abs());
    }

    fn lost(&self, sent: &[Sent], plan: Plan) -> usize {
        sent.iter()
            .map(|message| {
                let at_members = self.at_members.get(&message.id).copied().unwrap_or_default();
                let at_visitors = self.at_visitors.get(&message.id).copied().unwrap_or_default();
                plan.members.saturating_sub(at_members) + usize::from(message.is_reply && at_visitors == 0)
            })
            .sum()
    }

    fn millis(&self, percentile: f64) -> f64 {
        self.millis.value_at_percentile(percentile) as f64
    }

    fn cells(&self, sent: &[Sent], streams: usize, seconds: f64, busy: f64, resident: f64) -> Vec<(&'static str, f64)> {
        vec![
            ("streams", streams as f64),
            ("messages", sent.len() as f64),
            ("per_second", sent.len() as f64 / seconds),
            ("frames", self.seen.len() as f64),
            ("repeated", self.repeated as f64),
            ("p50_ms", self.millis(50.0)),
            ("p99_ms", self.millis(99.0)),
            ("max_ms", self.millis.max() as f64),
            ("server_cores", busy),
            ("resident_mib", resident),
        ]
    }
}
