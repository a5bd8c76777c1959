//! Workspaces with their people: members who are signed in, and visitors of a website chat.

use std::path::Path;

use anyhow::Result;
use sha2::{Digest, Sha256};
use tokio_postgres::NoTls;
use uuid::Uuid;

use super::{Engine, Random, Script};

/// How much of everything a house has.
#[derive(Clone, Copy)]
pub struct Plan {
    pub workspaces: usize,
    pub members: usize,
    pub visitors: usize,
}

/// Workspaces as load generators know them.
pub struct House {
    pub workspaces: Vec<Workspace>,
}

pub struct Workspace {
    pub id: Uuid,
    pub business: Uuid,
    pub channel: Uuid,
    pub members: Vec<Member>,
    pub visitors: Vec<Visitor>,
}

pub struct Member {
    pub id: Uuid,
    /// The value of the session cookie.
    pub session: String,
}

pub struct Visitor {
    pub token: String,
}

const MONTH_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;
const SESSION_LIFE_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;
const SETTINGS: &str = r##"{"color":"#2b4fcf","position":"right","greeting":"","reply_time_hint":"","locale":"auto","pre_chat":"none","show_read_receipts":true}"##;

impl House {
    /// Names everything; the same plan and seed always give the same house.
    pub fn plan(plan: Plan, seed: u64, millis: i64) -> Self {
        let mut random = Random::new(seed);
        let workspaces = (0..plan.workspaces)
            .map(|_| Workspace {
                id: random.id(millis),
                business: random.id(millis),
                channel: random.id(millis),
                members: (0..plan.members)
                    .map(|_| Member { id: random.id(millis), session: format!("gs_{}", random.id(millis)) })
                    .collect(),
                visitors: (0..plan.visitors).map(|_| Visitor { token: format!("gv_{}", random.id(millis)) }).collect(),
            })
            .collect();
        Self { workspaces }
    }

    /// The rows of the whole house. `millis` is the moment at which everybody signed in.
    pub fn rows(&self, engine: Engine, millis: i64) -> Result<Script> {
        let mut random = Random::new(millis.unsigned_abs());
        let mut script = Script::new(engine);
        for (number, workspace) in self.workspaces.iter().enumerate() {
            workspace.found(&mut script, number, millis)?;
            for (place, member) in workspace.members.iter().enumerate() {
                workspace.join(&mut script, member, place, &mut random, millis)?;
            }
            workspace.open_channel(&mut script, millis)?;
            for visitor in &workspace.visitors {
                workspace.visit(&mut script, visitor, &mut random, millis)?;
            }
        }
        Ok(script)
    }
}

impl Workspace {
    fn found(&self, script: &mut Script, number: usize, millis: i64) -> Result<()> {
        script.insert(
            "workspaces",
            [
                ("workspace_id", self.id.into()),
                ("name", format!("Workspace {number}").into()),
                ("pack", "default".into()),
                ("state", "active".into()),
                ("entitlements", "{}".into()),
                ("rights_version", 1.into()),
                ("version", 1.into()),
                ("created_at", millis.into()),
            ],
        )?;
        // The chains are empty: what is loaded in bulk happened before they began.
        for heads in ["workspace_heads", "access_heads"] {
            let head = [("workspace_id", self.id.into()), ("seq", 0.into()), ("hash", [0; 32].into())];
            script.insert(heads, head)?;
        }
        self.subscribe(script, millis)
    }

    /// The plan without limits that every new workspace begins with.
    fn subscribe(&self, script: &mut Script, millis: i64) -> Result<()> {
        script.insert(
            "subscriptions",
            [
                ("workspace_id", self.id.into()),
                ("catalogue", "default".into()),
                ("catalogue_version", 1.into()),
                ("plan", "community".into()),
                ("billing_interval", "month".into()),
                ("state", "active".into()),
                ("anchor", millis.into()),
                ("period_start", millis.into()),
                ("period_end", (millis + MONTH_MILLIS).into()),
                ("cancel_at_period_end", 0.into()),
                ("attempts", 0.into()),
                ("till", "none".into()),
                ("version", 1.into()),
                ("created_at", millis.into()),
            ],
        )?;
        let members = i64::try_from(self.members.len())?;
        for (meter, used) in [("full_seats", members), ("collaborator_seats", 0), ("businesses", 1)] {
            let gauge = [("workspace_id", self.id.into()), ("meter", meter.into()), ("used", used.into())];
            script.insert("meters", gauge)?;
        }
        let nothing = ["granted", "purchased", "reserved", "entries", "grant_size"].map(|column| (column, 0.into()));
        let [granted, purchased, reserved, entries, size] = nothing;
        let (id, unlimited) = (("workspace_id", self.id.into()), ("unlimited", 1.into()));
        script.insert("credit_accounts", [id, granted, purchased, reserved, entries, size, unlimited])
    }

    fn join(&self, script: &mut Script, member: &Member, place: usize, random: &mut Random, millis: i64) -> Result<()> {
        let (account, session) = (random.id(millis), random.id(millis));
        script.insert(
            "accounts",
            [
                ("id", account.into()),
                ("email", format!("member-{}@example.com", member.id.simple()).into()),
                ("name", format!("Member {place}").into()),
                ("locale", "en".into()),
                ("email_verified_at", millis.into()),
                ("pending", 0.into()),
                ("created_at", millis.into()),
            ],
        )?;
        script.insert(
            "sessions",
            [
                ("id", session.into()),
                ("account_id", account.into()),
                ("token_hash", hash(&member.session).into()),
                ("device", "Load generator".into()),
                ("created_at", millis.into()),
                ("last_seen_at", millis.into()),
                ("expires_at", (millis + SESSION_LIFE_MILLIS).into()),
            ],
        )?;
        let role = if place == 0 { "owner" } else { "admin" };
        script.insert(
            "memberships",
            [
                ("workspace_id", self.id.into()),
                ("id", member.id.into()),
                ("account_id", account.into()),
                ("role_key", role.into()),
                ("seat_type", "full".into()),
                ("status", "active".into()),
                ("joined_at", millis.into()),
            ],
        )?;
        if place == 0 {
            let owner = [("workspace_id", self.id.into()), ("membership_id", member.id.into())];
            script.insert("workspace_owners", owner)?;
        }
        Ok(())
    }

    /// All members in one routing team that shares out by this strategy.
    pub fn gather(&self, script: &mut Script, team: Uuid, strategy: &str, millis: i64) -> Result<()> {
        script.insert(
            "teams",
            [
                ("workspace_id", self.id.into()),
                ("id", team.into()),
                ("name", strategy.into()),
                ("name_folded", strategy.into()),
                ("strategy", strategy.into()),
                ("requeue_on", "never".into()),
                ("requeue_after_minutes", 0.into()),
                ("hours", "always".into()),
                ("version", 1.into()),
                ("created_by", self.members[0].id.into()),
                ("created_at", millis.into()),
            ],
        )?;
        for (place, member) in (0..).zip(&self.members) {
            let seat = [
                ("workspace_id", self.id.into()),
                ("team_id", team.into()),
                ("member_id", member.id.into()),
                ("position", place.into()),
                ("capacity", 1000.into()),
                ("joined_at", millis.into()),
            ];
            script.insert("team_members", seat)?;
        }
        Ok(())
    }

    fn open_channel(&self, script: &mut Script, millis: i64) -> Result<()> {
        let steward = self.members[0].id;
        script.insert(
            "businesses",
            [
                ("workspace_id", self.id.into()),
                ("id", self.business.into()),
                ("name", "Main".into()),
                ("is_default", 1.into()),
                ("created_by", steward.into()),
                ("steward", steward.into()),
                ("created_at", millis.into()),
            ],
        )?;
        script.insert(
            "channels",
            [
                ("workspace_id", self.id.into()),
                ("id", self.channel.into()),
                ("business_id", self.business.into()),
                ("kind", "website_chat".into()),
                ("name", "Website chat".into()),
                ("public_key", format!("pk_{}", self.channel.simple()).into()),
                ("allowed_origins", format!("[\"{ORIGIN}\"]").into()),
                ("settings", SETTINGS.into()),
                ("version", 1.into()),
                ("created_at", millis.into()),
            ],
        )
    }

    fn visit(&self, script: &mut Script, visitor: &Visitor, random: &mut Random, millis: i64) -> Result<()> {
        script.insert(
            "visitors",
            [
                ("workspace_id", self.id.into()),
                ("id", random.id(millis).into()),
                ("channel_id", self.channel.into()),
                ("token_hash", hash(&visitor.token).into()),
                ("identified", 0.into()),
                ("created_at", millis.into()),
                ("expires_at", (millis + SESSION_LIFE_MILLIS).into()),
            ],
        )
    }
}

/// The site the visitors write from.
pub const ORIGIN: &str = "https://shop.example.com";

/// What is stored of a token.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Writes a script into an SQLite file in one transaction.
pub fn write_sqlite(path: &Path, script: &Script) -> Result<()> {
    let connection = rusqlite::Connection::open(path)?;
    connection.execute_batch("pragma foreign_keys = on; begin;")?;
    connection.execute_batch(script.text())?;
    Ok(connection.execute_batch("commit; pragma wal_checkpoint(truncate);")?)
}

/// Writes a script into a PostgreSQL database in one transaction.
pub async fn write_postgres(url: &str, script: &Script) -> Result<()> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let driver = tokio::spawn(connection);
    // Statistics as a running database keeps them by itself.
    client.batch_execute(&format!("begin; {} commit; analyze;", script.text())).await?;
    drop(client);
    Ok(driver.await??)
}
