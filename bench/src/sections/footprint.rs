//! e: what it takes to start, to stand idle and to be downloaded.

use std::{
    path::Path,
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};
use tokio::sync::mpsc;

use super::{Run, sqlite_url, streams};
use crate::{
    data::{
        Engine, conversations,
        house::{self, House, Plan},
    },
    process,
    report::{Bound, Section},
};

const STARTS: usize = 5;
const LARGE: usize = 1_000_000;
const STREAMS: Plan = Plan { workspaces: 40, members: 5, visitors: 45 };
const SETTLE: Duration = Duration::from_secs(2);
const MIB: f64 = 1024.0 * 1024.0;

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('e', "Start, memory and sizes");
    cold_starts(run, &mut section).await?;
    memory(run, &mut section).await?;
    let binary = std::fs::metadata(process::product_binary())?.len() as f64 / MIB;
    section.row("binary", vec![("mib", binary)]);
    if Path::new("ui/dist").exists() && Path::new("widget/dist").exists() {
        downloads(&mut section)?;
    } else {
        eprintln!("   ui/dist and widget/dist are not built: their sizes are left out");
    }
    Ok(section)
}

/// From the start of the process to its first answer, migrations of an empty database included.
async fn cold_starts(run: &Run, section: &mut Section) -> Result<()> {
    let mut empty = Vec::new();
    for _ in 0..STARTS {
        let folder = run.fresh("start")?;
        empty.push(start(&sqlite_url(&folder.join("product.db")), &folder).await?);
    }
    let loaded = conversations::loaded(&run.scratch, LARGE).await?;
    let folder = run.fresh("start")?;
    let mut large = Vec::new();
    for _ in 0..STARTS {
        large.push(start(&loaded.url(), &folder).await?);
    }
    for (name, mut seconds, bound) in
        [("start, empty", empty, 1.0), ("start, 1,000,000 conversations", large, 3.0)]
    {
        seconds.sort_by(f64::total_cmp);
        let (median, worst) = (seconds[STARTS / 2], seconds[STARTS - 1]);
        section.row(name, vec![("median_s", median), ("worst_s", worst)]);
        section.bar(format!("{name}: seconds to the first answer"), median, Bound::AtMost(bound));
    }
    Ok(())
}

async fn start(database_url: &str, data: &Path) -> Result<f64> {
    let server = process::product(database_url, data).await?;
    let seconds = server.started_in.as_secs_f64();
    server.stop().await?;
    Ok(seconds)
}

async fn memory(run: &Run, section: &mut Section) -> Result<()> {
    let folder = run.fresh("memory")?;
    let path = folder.join("product.db");
    process::migrate(&sqlite_url(&path)).await?;
    let now = kernel::Clock::system().now().millis();
    let house = House::plan(STREAMS, now.unsigned_abs(), now);
    house::write_sqlite(&path, &house.rows(Engine::Sqlite, now)?)?;
    let server = process::product(&sqlite_url(&path), &folder).await?;
    tokio::time::sleep(SETTLE).await;
    let (idle, _) = server.resident_mib();
    let (tell, _told) = mpsc::unbounded_channel();
    let streams = streams::open(&server, &house, &tell).await?;
    tokio::time::sleep(SETTLE).await;
    let (listening, _) = server.resident_mib();
    section.row("memory, idle", vec![("resident_mib", idle)]);
    section.row(format!("memory, {} streams", streams.count), vec![("resident_mib", listening)]);
    section.bar(format!("{} streams: resident MiB", streams.count), listening, Bound::AtMost(512.0));
    drop(streams);
    server.stop().await
}

/// What the size scripts of the interface and of the widget say.
fn downloads(section: &mut Section) -> Result<()> {
    let inbox = number_before(&script("ui", "scripts/size.mjs")?, " of ").context("ui/scripts/size.mjs")?;
    section.row("interface: inbox route, Brotli", vec![("bytes", inbox)]);
    section.bar("interface: bytes of the inbox route", inbox, Bound::AtMost(220_000.0));
    let widget = script("widget", "size.mjs")?;
    for (name, bound) in [("loader", 2_500.0), ("panel", 18_000.0)] {
        let line = widget.lines().find(|line| line.starts_with(name)).context("widget/size.mjs")?;
        let bytes = number_before(line, " B gzip").context("widget/size.mjs")?;
        section.row(format!("widget: {name}, gzip"), vec![("bytes", bytes)]);
        section.bar(format!("widget: bytes of the {name}"), bytes, Bound::AtMost(bound));
    }
    Ok(())
}

/// A script that fails because something is too large still tells how large.
fn script(folder: &str, name: &str) -> Result<String> {
    let output = Command::new("node").arg(name).current_dir(folder).output().context("node does not start")?;
    Ok(String::from_utf8(output.stdout)?)
}

/// The last number in front of a mark.
fn number_before(text: &str, mark: &str) -> Option<f64> {
    let (before, _) = text.split_once(mark)?;
    before.split_whitespace().last()?.parse().ok()
}
