//! g: the members of one workspace reserve credits and spend them, all from the same pool.

use std::{fs, path::Path, process::Stdio, sync::Arc};

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tokio::process::Command;
use uuid::Uuid;

use super::{Case, Run, in_turn, sqlite_url};
use crate::{
    data::{
        Engine,
        house::{self, House, Plan, Workspace},
    },
    load::{Following, Outgoing, Script},
    process::{self, product_binary},
    report::{Bound, Section},
    requests,
};

const PLAN: Plan = Plan { workspaces: 1, members: 64, visitors: 0 };
const CLIENTS: [usize; 3] = [1, 16, 64];
/// More than any run spends.
const CREDITS: i64 = 1_000_000_000_000;

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('g', "Credits of one pool reserved and spent over HTTP");
    let folder = run.fresh("ledger")?;
    let (ours, bares) = (folder.join("product.db"), folder.join("bare.db"));
    let url = sqlite_url(&ours);
    process::migrate(&url).await?;
    let now = kernel::Clock::system().now().millis();
    let house = House::plan(PLAN, now.unsigned_abs(), now);
    house::write_sqlite(&ours, &house.rows(Engine::Sqlite, now)?)?;
    let workspace = Arc::new(house.workspaces.into_iter().next().context("one workspace")?);
    fund(&ours, workspace.id, now)?;
    fs::copy(&ours, &bares)?;

    let product = process::product(&url, &folder).await?;
    let bare = process::bare("ledger", &bares.display().to_string()).await?;
    for clients in CLIENTS {
        let mut cases = [
            Case::new(format!("SQLite, {clients} clients, product"), &product, clients, spending(workspace.clone())),
            Case::new(format!("SQLite, {clients} clients, bare"), &bare, clients, spending(workspace.clone())),
        ];
        in_turn(run, &mut cases).await?;
        for case in &cases {
            section.load(&case.name, &case.figures);
        }
        let [ours, theirs] = cases.map(|case| case.figures);
        let ratio = ours.per_second() / theirs.per_second();
        section.bar(format!("SQLite, {clients} clients: of bare throughput"), ratio, Bound::AtLeast(0.5));
    }
    product.stop().await?;
    bare.stop().await?;
    section.bar("SQLite: ledgers that do not add up", broken(&url).await?, Bound::AtMost(0.0));
    Ok(section)
}

/// A pool that a pack was bought for.
fn fund(path: &Path, workspace: Uuid, now: i64) -> Result<()> {
    let connection = Connection::open(path)?;
    connection.execute(
        "update credit_accounts set unlimited = 0, purchased = ?2, entries = 1 where workspace_id = ?1",
        params![workspace, CREDITS],
    )?;
    connection.execute(
        "insert into credit_entries (workspace_id, seq, at, kind, amount, of_grant, balance, actor_kind, cause, key)
         values (?1, 1, ?2, 'purchase', ?3, 0, ?3, 'duty', 'purchase', 'purchase/load')",
        params![workspace, now, CREDITS],
    )?;
    Ok(connection.execute_batch("pragma wal_checkpoint(truncate)")?)
}

/// Every client is another member, and spends what it has just reserved; each is one operation.
fn spending(workspace: Arc<Workspace>) -> impl Script {
    let there = format!("/api/v1/workspaces/{}/credits/reservations", workspace.id);
    Following(move |client: usize, _: u64, last: &[u8]| -> Outgoing {
        let member = &workspace.members[client % workspace.members.len()];
        match open_reservation(last) {
            Some(id) => requests::post(&format!("{there}/{id}/commit"), member, &json!({ "amount": 1 })),
            None => requests::post(&there, member, &json!({ "amount": 2, "cause": "analysis" })),
        }
    })
}

fn open_reservation(answer: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    (answer["state"] == "open").then(|| answer["id"].as_str().map(str::to_owned))?
}

/// 1 where the product's own proof finds that entries do not add up.
async fn broken(url: &str) -> Result<f64> {
    let mut command = Command::new(product_binary());
    command.args(["ledger", "verify"]).env("GUILDHALL_DATABASE_URL", url).stdout(Stdio::null());
    Ok(if command.status().await?.success() { 0.0 } else { 1.0 })
}
