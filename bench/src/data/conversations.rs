//! Conversations in bulk, with everything that the product keeps beside them: customers, messages, read marks, counts
//! and the search index. SQLite only; the file is kept between runs.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use rusqlite::{Connection, Statement, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Engine, Random,
    house::{self, House, Plan, Workspace},
    words,
};
use crate::process;

const WORKSPACES: usize = 50;
const MEMBERS: usize = 16;
/// The first workspace holds this many of ten conversations, the others share the rest.
const HOT_TENTHS: usize = 8;
const YEAR_MILLIS: i64 = 365 * 24 * 60 * 60 * 1000;
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
const SEED: u64 = 20_261_121;
/// Where the data's own time ends; ids and moments are the same in every run.
const UNTIL_MILLIS: i64 = 1_795_219_200_000;
/// Counts in the name of a cached file: raise it when this file writes other rows.
const EDITION: u32 = 1;

/// A database file with many conversations and the house they belong to.
pub struct Loaded {
    pub path: PathBuf,
    pub house: House,
}

impl Loaded {
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.path.display())
    }

    /// The workspace that holds most of it.
    pub fn into_hot(mut self) -> Workspace {
        self.house.workspaces.swap_remove(0)
    }
}

/// The database with this many conversations: made once per schema and edition, then taken from `scratch`.
pub async fn loaded(scratch: &Path, count: usize) -> Result<Loaded> {
    let path = scratch.join(format!("conversations-{count}-{}.db", schema_print()?));
    let plan = Plan { workspaces: WORKSPACES, members: MEMBERS, visitors: 0 };
    let house = House::plan(plan, SEED, UNTIL_MILLIS - YEAR_MILLIS);
    if !path.exists() {
        eprintln!("   loading {count} conversations into {}", path.display());
        let making = path.with_extension("making");
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", making.display()));
        }
        process::migrate(&format!("sqlite:{}", making.display())).await?;
        house::write_sqlite(&making, &house.rows(Engine::Sqlite, UNTIL_MILLIS - YEAR_MILLIS)?)?;
        write(&making, &house, count)?;
        fs::rename(&making, &path)?;
    }
    sign_in_again(&path)?;
    Ok(Loaded { path, house })
}

/// Sessions end when nobody uses them for a while, and the file may be older than that.
fn sign_in_again(path: &Path) -> Result<()> {
    let connection = Connection::open(path)?;
    let now = kernel::Clock::system().now().millis();
    let expires = now + DAY_MILLIS as i64;
    connection.execute("update sessions set last_seen_at = ?1, expires_at = ?2", [now, expires])?;
    Ok(connection.execute_batch("pragma wal_checkpoint(truncate)")?)
}

fn schema_print() -> Result<String> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("migrations")?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut hasher = Sha256::new();
    hasher.update(EDITION.to_be_bytes());
    for file in files {
        hasher.update(fs::read(file)?);
    }
    Ok(hasher.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect())
}

fn write(path: &Path, house: &House, count: usize) -> Result<()> {
    let connection = Connection::open(path)?;
    // A file that is not finished is thrown away, so nothing here has to survive a crash.
    connection.execute_batch("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000000; begin;")?;
    connection.set_prepared_statement_cache_capacity(32);
    let mut random = Random::new(SEED);
    let mut counts = HashMap::new();
    {
        let mut rows = Rows::prepare(&connection)?;
        for (number, workspace) in house.workspaces.iter().enumerate() {
            let share = if number == 0 { count * HOT_TENTHS / 10 } else { count * (10 - HOT_TENTHS) / 10 / (WORKSPACES - 1) };
            for place in 0..share {
                let created = UNTIL_MILLIS - YEAR_MILLIS + YEAR_MILLIS * place as i64 / share as i64;
                let one = Conversation::draw(workspace, created, &mut random);
                rows.write(workspace, &one, &mut random)?;
                *counts.entry((workspace.id, one.status, one.assignee.unwrap_or_default())).or_insert(0i64) += 1;
            }
        }
    }
    for ((workspace, status, assignee), n) in counts {
        connection.execute("insert into conversation_counts values (?1, ?2, ?3, ?4, ?5)", params![workspace, status, assignee, Uuid::nil(), n])?;
    }
    Ok(connection.execute_batch("commit; analyze; pragma journal_mode = wal;")?)
}

struct Conversation {
    id: Uuid,
    customer: Uuid,
    status: &'static str,
    assignee: Option<Uuid>,
    created: i64,
    /// Inbound and outbound in turn, the customer first.
    messages: Vec<(i64, String)>,
}

impl Conversation {
    fn draw(workspace: &Workspace, created: i64, random: &mut Random) -> Self {
        let status = match random.below(100) {
            0..40 => "open",
            40..45 => "snoozed",
            45..90 => "solved",
            90..92 => "spam",
            _ => "archived",
        };
        let assigned = random.below(10) < 6;
        let member = random.below(MEMBERS as u64) as usize;
        let mut at = created;
        let messages = (0..1 + random.below(3))
            .map(|_| {
                at += random.below(DAY_MILLIS) as i64;
                (at, words::message(random))
            })
            .collect();
        Self {
            id: random.id(created),
            customer: random.id(created),
            status,
            assignee: assigned.then(|| workspace.members[member].id),
            created,
            messages,
        }
    }

    fn last(&self, inbound: bool) -> usize {
        let count = self.messages.len();
        if (count % 2 == 1) == inbound { count } else { count - 1 }
    }
}

struct Rows<'a> {
    customer: Statement<'a>,
    conversation: Statement<'a>,
    message: Statement<'a>,
    read: Statement<'a>,
    assignee: Statement<'a>,
    entry: Statement<'a>,
    terms: Statement<'a>,
}

impl<'a> Rows<'a> {
    fn prepare(connection: &'a Connection) -> Result<Self> {
        Ok(Self {
            customer: connection.prepare(
                "insert into customers (workspace_id, id, business_id, display_name, email, email_claimed, source, identified,
                    first_seen_at, last_seen_at, version, created_at)
                 values (?1, ?2, ?3, ?4, ?5, 0, 'website_chat', 1, ?6, ?7, 1, ?6)",
            )?,
            conversation: connection.prepare(
                "insert into conversations (workspace_id, id, customer_id, channel_id, business_id, status, mode, mode_epoch,
                    assignee_id, preview_text, preview_author, preview_at, last_seq, last_inbound_seq, last_outbound_seq,
                    customer_delivered_seq, customer_read_seq, waiting_since, snoozed_until, last_activity_at, version,
                    created_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, 'manual', 0, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?13, ?14, ?15, ?10, ?11, ?16)",
            )?,
            message: connection.prepare(
                "insert into messages (workspace_id, conversation_id, seq, id, direction, author_kind, author_id, author_name,
                    text, state, attachments, sent_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '[]', ?11)",
            )?,
            read: connection.prepare(
                "insert into conversation_reads (workspace_id, member_id, conversation_id, seq) values (?1, ?2, ?3, ?4)",
            )?,
            assignee: connection.prepare(
                "insert into customer_assignees (workspace_id, customer_id, member_id, until) values (?1, ?2, ?3, ?4)",
            )?,
            entry: connection.prepare(
                "insert into search_entries (workspace_id, kind, customer_id, conversation_id, message_seq, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6) returning entry",
            )?,
            terms: connection.prepare("insert into search_terms (rowid, terms) values (?1, ?2)")?,
        })
    }

    fn write(&mut self, workspace: &Workspace, one: &Conversation, random: &mut Random) -> Result<()> {
        let name = words::name(random);
        let email = format!("c{}@example.com", one.customer.simple());
        let count = one.messages.len();
        let (last_at, last_text) = &one.messages[count - 1];
        let inbound_last = count % 2 == 1;
        let author = if inbound_last { "customer" } else { "member" };
        let waiting = inbound_last.then_some(*last_at);
        let snoozed = (one.status == "snoozed").then_some(UNTIL_MILLIS + YEAR_MILLIS);
        let w = workspace.id;
        self.customer.execute(params![w, one.customer, workspace.business, name, email, one.created, last_at])?;
        self.index(w, ("customer", one.customer, None, None), one.created, &format!("{name} {email}"))?;
        self.conversation.execute(params![
            w,
            one.id,
            one.customer,
            workspace.channel,
            workspace.business,
            one.status,
            one.assignee,
            last_text,
            author,
            last_at,
            count as i64,
            one.last(true) as i64,
            one.last(false) as i64,
            waiting,
            snoozed,
            one.created
        ])?;
        for (place, (at, text)) in one.messages.iter().enumerate() {
            let (seq, inbound) = (place as i64 + 1, place % 2 == 0);
            let (direction, kind, state) =
                if inbound { ("inbound", "customer", "received") } else { ("outbound", "member", "read") };
            let author = if inbound { one.customer } else { one.assignee.unwrap_or(workspace.members[0].id) };
            let author_name = if inbound { name.as_str() } else { "Member" };
            let id = random.id(*at);
            self.message.execute(params![w, one.id, seq, id, direction, kind, author, author_name, text, state, at])?;
            self.index(w, ("message", one.customer, Some(one.id), Some(seq)), *at, text)?;
        }
        if random.below(2) == 0 {
            let reader = workspace.members[random.below(MEMBERS as u64) as usize].id;
            self.read.execute(params![w, reader, one.id, count as i64])?;
        }
        if let Some(assignee) = one.assignee {
            let until = (one.status != "open" && one.status != "snoozed").then_some(last_at);
            self.assignee.execute(params![w, one.customer, assignee, until])?;
        }
        Ok(())
    }

    fn index(
        &mut self,
        workspace: Uuid,
        (kind, customer, conversation, seq): (&str, Uuid, Option<Uuid>, Option<i64>),
        at: i64,
        text: &str,
    ) -> Result<()> {
        let values = params![workspace, kind, customer, conversation, seq, at];
        let entry: i64 = self.entry.query_row(values, |row| row.get(0))?;
        self.terms.execute(params![entry, words::terms(workspace, text)])?;
        Ok(())
    }
}
