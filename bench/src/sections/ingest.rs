//! a: messages of visitors, each answered when it is on disk.

use std::{
    fs,
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::{Context, Result};
use rusqlite::Connection as Sqlite;
use tokio_postgres::NoTls;

use super::{Case, Run, in_turn, sqlite_url};
use crate::{
    data::{
        Engine, Random,
        house::{self, House, Plan, Visitor},
        words,
    },
    load::{Connection, Script},
    process::{self, Server},
    report::{Bound, Section},
    requests,
};

const PLAN: Plan = Plan { workspaces: 50, members: 1, visitors: 40 };
const CLIENTS: [usize; 3] = [1, 16, 64];

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('a', "Durable ingest of inbound messages over HTTP");
    on_sqlite(run, &mut section).await?;
    match std::env::var("GUILDHALL_BENCH_POSTGRES_URL") {
        Ok(url) => on_postgres(run, &url, &mut section).await?,
        Err(_) => eprintln!("   PostgreSQL is left out: GUILDHALL_BENCH_POSTGRES_URL is not set"),
    }
    Ok(section)
}

async fn on_sqlite(run: &Run, section: &mut Section) -> Result<()> {
    let folder = run.fresh("ingest")?;
    let (ours, bares) = (folder.join("product.db"), folder.join("bare.db"));
    let url = sqlite_url(&ours);
    process::migrate(&url).await?;
    let now = kernel::Clock::system().now().millis();
    let house = House::plan(PLAN, now.unsigned_abs(), now);
    house::write_sqlite(&ours, &house.rows(Engine::Sqlite, now)?)?;
    let visitors = visitors(house);
    let product = process::product(&url, &folder).await?;
    greet(&product, &visitors).await?;
    product.stop().await?;
    Sqlite::open(&ours)?.execute_batch("pragma wal_checkpoint(truncate)")?;
    fs::copy(&ours, &bares)?;

    let product = process::product(&url, &folder).await?;
    let bare = process::bare("ingest", &bares.display().to_string()).await?;
    let answered = compare(run, section, "SQLite", &product, &bare, visitors).await?;
    product.stop().await?;
    bare.stop().await?;
    section.bar("SQLite: answered messages that are not stored", missing(&ours, answered)?, Bound::AtMost(0.0));
    Ok(())
}

/// How many of the answered messages the file does not hold.
fn missing(path: &Path, answered: u64) -> Result<f64> {
    let stored: i64 = Sqlite::open(path)?.query_row("select count(*) from messages", [], |row| row.get(0))?;
    Ok(answered.saturating_sub(stored.unsigned_abs()) as f64)
}

async fn on_postgres(run: &Run, url: &str, section: &mut Section) -> Result<()> {
    let folder = run.fresh("ingest-postgres")?;
    let (ours, bares) = (database_url(url, "bench_product")?, database_url(url, "bench_bare")?);
    administer(url, &["drop database if exists bench_bare", "drop database if exists bench_product"]).await?;
    administer(url, &["create database bench_product"]).await?;
    process::migrate(&ours).await?;
    let now = kernel::Clock::system().now().millis();
    let house = House::plan(PLAN, now.unsigned_abs(), now);
    house::write_postgres(&ours, &house.rows(Engine::Postgres, now)?).await?;
    let visitors = visitors(house);
    let product = process::product(&ours, &folder).await?;
    greet(&product, &visitors).await?;
    product.stop().await?;
    administer(url, &["create database bench_bare template bench_product"]).await?;

    let product = process::product(&ours, &folder).await?;
    let bare = process::bare("ingest-postgres", &bares).await?;
    compare(run, section, "PostgreSQL", &product, &bare, visitors).await?;
    product.stop().await?;
    bare.stop().await
}

/// The URL of another database of the same server.
pub fn database_url(url: &str, name: &str) -> Result<String> {
    let (before, after) = url.split_once("/postgres").context("the URL names the database postgres")?;
    Ok(format!("{before}/{name}{after}"))
}

pub async fn administer(url: &str, statements: &[&str]) -> Result<()> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    for statement in statements {
        client.batch_execute(statement).await?;
    }
    Ok(())
}

fn visitors(house: House) -> Arc<Vec<Visitor>> {
    Arc::new(house.workspaces.into_iter().flat_map(|workspace| workspace.visitors).collect())
}

/// Every visitor writes once, so that the measured messages go on in open conversations, as nearly all do.
async fn greet(product: &Server, visitors: &[Visitor]) -> Result<()> {
    let mut connection = Connection::open(product.address).await?;
    for visitor in visitors {
        connection.json(requests::widget_message(visitor, "Hello, is anybody there?")).await?;
    }
    Ok(())
}

/// Returns how many messages the product answered.
async fn compare(
    run: &Run,
    section: &mut Section,
    engine: &str,
    product: &Server,
    bare: &Server,
    visitors: Arc<Vec<Visitor>>,
) -> Result<u64> {
    let mut answered = 0;
    for clients in CLIENTS {
        let mut cases = [
            Case::new(format!("{engine}, {clients} clients, product"), product, clients, messages(visitors.clone())),
            Case::new(format!("{engine}, {clients} clients, bare"), bare, clients, messages(visitors.clone())),
        ];
        in_turn(run, &mut cases).await?;
        for case in &cases {
            section.load(&case.name, &case.figures);
        }
        let [ours, theirs] = cases.map(|case| case.figures);
        answered += ours.requests;
        let ratio = ours.per_second() / theirs.per_second();
        section.bar(format!("{engine}, {clients} clients: of bare throughput"), ratio, Bound::AtLeast(0.5));
        if clients == 64 && engine == "SQLite" {
            section.bar("SQLite, 64 clients: messages per second", ours.per_second(), Bound::AtLeast(5000.0));
            section.bar("SQLite, 64 clients: p99 in ms", ours.millis(99.0), Bound::AtMost(100.0));
        }
    }
    Ok(answered)
}

/// Visitors write in turn; hardly ever do two clients write for the same one at once.
fn messages(visitors: Arc<Vec<Visitor>>) -> impl Script {
    let next = AtomicU64::new(0);
    move |_, _| {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let visitor = &visitors[n as usize % visitors.len()];
        requests::widget_message(visitor, &words::message(&mut Random::new(n)))
    }
}
