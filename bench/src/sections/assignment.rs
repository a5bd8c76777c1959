//! f: a conversation is given to a team of 500, which looks at all of them and chooses one.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use serde_json::json;
use uuid::Uuid;

use super::{
    Case, Run, in_turn,
    ingest::{administer, database_url},
    sqlite_url,
};
use crate::{
    data::{
        Engine, Random,
        house::{self, House, Plan, Workspace},
    },
    load::{Connection, Script},
    process::{self, Server},
    report::{Bound, Section},
    requests,
};

const PLAN: Plan = Plan { workspaces: 1, members: 500, visitors: 200 };
const STRATEGIES: [&str; 2] = ["round_robin", "load_balanced"];

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('f', "Assignment among 500 members");
    let folder = run.fresh("assignment")?;
    on(run, &mut section, Engine::Sqlite, &sqlite_url(&folder.join("product.db")), &folder).await?;
    match std::env::var("GUILDHALL_BENCH_POSTGRES_URL") {
        Ok(url) => {
            administer(&url, &["drop database if exists bench_product", "create database bench_product"]).await?;
            let folder = run.fresh("assignment-postgres")?;
            on(run, &mut section, Engine::Postgres, &database_url(&url, "bench_product")?, &folder).await?;
        }
        Err(_) => eprintln!("   PostgreSQL is left out: GUILDHALL_BENCH_POSTGRES_URL is not set"),
    }
    Ok(section)
}

async fn on(run: &Run, section: &mut Section, engine: Engine, url: &str, folder: &Path) -> Result<()> {
    process::migrate(url).await?;
    let now = kernel::Clock::system().now().millis();
    let house = House::plan(PLAN, now.unsigned_abs(), now);
    let mut rows = house.rows(engine, now)?;
    let mut random = Random::new(1);
    let workspace = house.workspaces.into_iter().next().context("one workspace")?;
    let mut teams = Vec::new();
    for strategy in STRATEGIES {
        let team = random.id(now);
        workspace.gather(&mut rows, team, strategy, now)?;
        teams.push((strategy, team));
    }
    let name = match engine {
        Engine::Sqlite => {
            house::write_sqlite(&folder.join("product.db"), &rows)?;
            "SQLite"
        }
        Engine::Postgres => {
            house::write_postgres(url, &rows).await?;
            "PostgreSQL"
        }
    };
    let product = process::product(url, folder).await?;
    let conversations = Arc::new(begin(&product, &workspace).await?);
    let workspace = Arc::new(workspace);
    let mut cases = Vec::new();
    for (strategy, team) in teams {
        let script = given_to(workspace.clone(), conversations.clone(), team);
        cases.push(Case::new(format!("{name}, {strategy}"), &product, 1, script));
    }
    in_turn(run, &mut cases).await?;
    for case in &cases {
        section.load(&case.name, &case.figures);
    }
    drop(cases);
    for strategy in STRATEGIES {
        let millis = choosing(&product, strategy).await?;
        section.bar(format!("{name}, {strategy}: p99 in ms of choosing"), millis, Bound::AtMost(5.0));
    }
    product.stop().await
}

/// The 99th percentile of what the server measured around its choices, in milliseconds.
async fn choosing(product: &Server, strategy: &str) -> Result<f64> {
    let (_, text) = Connection::open(product.address).await?.send(requests::metrics()).await?;
    let line = format!("guildhall_assignment_seconds{{strategy=\"{strategy}\",quantile=\"0.99\"}} ");
    let text = String::from_utf8_lossy(&text);
    let seconds = text.lines().find_map(|found| found.strip_prefix(&line)).context("the server measured no choice")?;
    Ok(seconds.parse::<f64>()? * 1000.0)
}

/// Every visitor writes; their conversations.
async fn begin(product: &Server, workspace: &Workspace) -> Result<Vec<Uuid>> {
    let mut connection = Connection::open(product.address).await?;
    let mut conversations = Vec::new();
    for visitor in &workspace.visitors {
        let answer = connection.json(requests::widget_message(visitor, "Hello, is anybody there?")).await?;
        conversations.push(serde_json::from_value(answer["conversation_id"].clone())?);
    }
    Ok(conversations)
}

/// Every request puts a conversation into the team's queue and takes one decision.
fn given_to(workspace: Arc<Workspace>, conversations: Arc<Vec<Uuid>>, team: Uuid) -> impl Script {
    move |_, n| {
        let conversation = conversations[n as usize % conversations.len()];
        let path = format!("/api/v1/workspaces/{}/conversations/{conversation}/assignment", workspace.id);
        requests::put(&path, &workspace.members[0], &json!({ "team_id": team }))
    }
}
