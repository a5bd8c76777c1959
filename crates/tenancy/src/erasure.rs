//! Erasing a whole workspace: every row of it and no other's (INV-06).
//!
//! A large workspace takes many small transactions, so that the others keep working meanwhile. It is closed first, its
//! rows go step by step, and one last transaction takes what came in between together with the workspace itself. Each
//! part may be done again, so an erasure that broke off is simply begun anew.

use kernel::{Timestamp, WorkspaceId};

use crate::{
    Error, Event, OnDuty, Revocation, Subject, args,
    chain::{self, Author},
    database::{Engine, Write, statement::Text},
    raw,
    wake::Hint,
};

/// A table with rows of workspaces, and the columns that tell one of a workspace's rows from another.
struct Table {
    name: &'static str,
    key: &'static str,
}

/// Every table with rows of workspaces, each before those that it points into. Invoices are kept: they outlive their
/// workspace (INV-06).
const TABLES: &[Table] = &[
    Table { name: "search_entries", key: "entry" },
    Table { name: "idempotency_records", key: "actor, key" },
    Table { name: "access_event_details", key: "seq" },
    Table { name: "access_events", key: "seq" },
    Table { name: "access_heads", key: "workspace_id" },
    Table { name: "event_details", key: "seq" },
    Table { name: "events", key: "seq" },
    Table { name: "workspace_heads", key: "workspace_id" },
    Table { name: "reactor_cursors", key: "reactor" },
    Table { name: "notifications", key: "id" },
    Table { name: "notification_preferences", key: "member_id" },
    Table { name: "digests", key: "member_id" },
    Table { name: "push_subscriptions", key: "id" },
    Table { name: "slack_webhooks", key: "id" },
    Table { name: "operator_requests", key: "id" },
    Table { name: "credit_reservations", key: "id" },
    Table { name: "credit_consumption", key: "member_id, period_start" },
    Table { name: "credit_caps", key: "member_id" },
    Table { name: "credit_entries", key: "seq" },
    Table { name: "credit_accounts", key: "workspace_id" },
    Table { name: "usage_counters", key: "meter, period_start" },
    Table { name: "pending_lines", key: "id" },
    Table { name: "checkouts", key: "id" },
    Table { name: "buyers", key: "workspace_id" },
    Table { name: "subscription_items", key: "item" },
    Table { name: "subscriptions", key: "workspace_id" },
    Table { name: "provider_events", key: "id" },
    Table { name: "meters", key: "meter" },
    Table { name: "previews", key: "id" },
    Table { name: "api_keys", key: "id" },
    Table { name: "exit_receipts", key: "id" },
    Table { name: "ownership_transfers", key: "id" },
    Table { name: "former_pack_roles", key: "membership_id, pack" },
    Table { name: "membership_permission_sets", key: "membership_id, set_id" },
    Table { name: "permission_sets", key: "id" },
    Table { name: "roles", key: "role_key" },
    Table { name: "undo_offers", key: "id" },
    Table { name: "drafts", key: "member_id, conversation_id" },
    Table { name: "saved_searches", key: "id" },
    Table { name: "canned_responses", key: "id" },
    Table { name: "macros", key: "id" },
    Table { name: "bulk_items", key: "bulk_action_id, conversation_id" },
    Table { name: "bulk_actions", key: "id" },
    Table { name: "merges", key: "id" },
    Table { name: "assignment_decisions", key: "conversation_id, id" },
    Table { name: "routing_rules", key: "id" },
    Table { name: "conversation_counts", key: "status, assignee_key, team_key" },
    Table { name: "task_comments", key: "task_id, id" },
    Table { name: "tasks", key: "id" },
    Table { name: "conversation_reads", key: "conversation_id, member_id" },
    Table { name: "attachments", key: "id" },
    Table { name: "mentions", key: "target_id, conversation_id, seq" },
    Table { name: "handovers", key: "id" },
    Table { name: "conversation_labels", key: "conversation_id, label_id" },
    Table { name: "inbound_receipts", key: "channel_id, external_id" },
    Table { name: "messages", key: "conversation_id, seq" },
    Table { name: "scheduled_messages", key: "id" },
    Table { name: "ai_drafts", key: "conversation_id, epoch, inbound_seq" },
    Table { name: "mode_events", key: "conversation_id, epoch" },
    Table { name: "agents", key: "workspace_id" },
    Table { name: "conversations", key: "id" },
    Table { name: "visitors", key: "id" },
    Table { name: "customer_assignees", key: "customer_id, member_id" },
    Table { name: "customer_identities", key: "business_id, kind, value" },
    Table { name: "customer_labels", key: "customer_id, label_id" },
    Table { name: "customer_note_mentions", key: "note_id, target_id" },
    Table { name: "customer_notes", key: "id" },
    Table { name: "customers", key: "id" },
    Table { name: "labels", key: "id" },
    Table { name: "channels", key: "id" },
    Table { name: "invitations", key: "id" },
    Table { name: "shifts", key: "id" },
    Table { name: "availability", key: "member_id" },
    Table { name: "inbox_settings", key: "workspace_id" },
    Table { name: "holidays", key: "day" },
    Table { name: "business_hours", key: "workspace_id" },
    Table { name: "team_members", key: "team_id, member_id" },
    Table { name: "teams", key: "id" },
    Table { name: "businesses", key: "id" },
    Table { name: "workspace_owners", key: "workspace_id" },
    Table { name: "memberships", key: "id" },
    Table { name: "jobs", key: "id" },
    Table { name: "workspaces", key: "workspace_id" },
];

/// What the last transaction takes whole: the workspace stands and its erasure is remembered until then, and of what can
/// be found little is left.
const LAST: &[&str] = &["search_entries", "workspace_owners", "memberships", "jobs", "workspaces"];

/// Rows of one step.
const STEP: i64 = 500;

/// The names of the tables that erasing a workspace empties of its rows, in the order in which it does.
pub fn erased_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|table| table.name)
}

impl OnDuty {
    /// Closes a workspace whose deletion was scheduled for `due`: from now on it has no members and no way back. False
    /// when that deletion was cancelled, or everything is done already.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn close_for_erasure(&self, workspace: WorkspaceId, due: Timestamp) -> Result<bool, Error> {
        const CLOSE: Text<'static> = raw!(
            "update workspaces set state = 'erasing', rights_version = rights_version + 1
             where workspace_id = $1 and (state = 'erasing' or (state = 'scheduled_deletion' and deletion_at = $2))"
        );
        const PART: Text<'static> = raw!(
            "update memberships set status = 'removed', ended_how = 'workspace_deleted', ended_at = $2
             where workspace_id = $1 and status in ('active', 'deactivated', 'suspended_over_limit')"
        );
        let now = self.vault.clock().now();
        let mut write = self.vault.database().begin().await?;
        let closed = write.execute(CLOSE, args![workspace, due]).await? == 1;
        if closed {
            write.execute(PART, args![workspace, now]).await?;
        }
        write.end(closed).await?;
        if closed {
            self.vault.announce(Hint::Revoked(Revocation::Rights(workspace)));
        }
        Ok(closed)
    }

    /// Deletes the rows of a closed workspace, a few at a time.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn erase_in_steps(&self, workspace: WorkspaceId) -> Result<(), Error> {
        self.erase_findings(workspace).await?;
        for table in TABLES.iter().filter(|table| !LAST.contains(&table.name)) {
            loop {
                let mut write = self.vault.database().begin().await?;
                let rows = table.erase(&mut write, workspace, STEP).await?;
                write.end(true).await?;
                if rows < STEP.unsigned_abs() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Deletes what can be found of a workspace. Its entries lie among everybody's: they are looked for once, from the
    /// first to the last, and beside the writer.
    async fn erase_findings(&self, workspace: WorkspaceId) -> Result<(), Error> {
        const NEXT: Text<'static> =
            raw!("select entry from search_entries where workspace_id = $1 and entry > $2 order by entry limit $3");
        let mut after = 0;
        loop {
            let found = self.vault.database().read().await?.query(NEXT, args![workspace, after, STEP]).await?;
            let Some(mut last) = found.into_iter().last() else { return Ok(()) };
            let last: i64 = last.take(0)?;
            let mut write = self.vault.database().begin().await?;
            erase_entries(&mut write, workspace, after, last).await?;
            write.end(true).await?;
            after = last;
        }
    }

    /// Deletes a closed workspace itself with whatever is left of it, and records that in the instance's chain.
    ///
    /// # Errors
    /// Something came in at this very moment, or the database cannot answer; it is then tried again.
    pub async fn erase_for_good(&self, workspace: WorkspaceId) -> Result<(), Error> {
        let mut write = self.vault.database().begin().await?;
        let outcome = self.erase_rest(&mut write, workspace).await;
        write.end(outcome.is_ok()).await?;
        outcome
    }

    async fn erase_rest(&self, write: &mut Write, workspace: WorkspaceId) -> Result<(), Error> {
        let mut rows = 0;
        for table in TABLES {
            rows = table.erase(write, workspace, i64::MAX).await?;
        }
        // The last table is that of workspaces: another server may have been quicker.
        if rows == 0 {
            return Ok(());
        }
        let author = Author::of_instance(self.enter(workspace).actor());
        let deleted = vec![Event::new("workspace.deleted", Subject::new("workspace", workspace))];
        let now = self.vault.clock().now();
        chain::OF_INSTANCE.append(write, &chain::ACCOUNTS.into(), &author, deleted, now).await.map(drop)
    }
}

impl Table {
    /// Deletes up to `limit` rows of a workspace; returns how many went.
    async fn erase(&self, write: &mut Write, workspace: WorkspaceId, limit: i64) -> Result<u64, Error> {
        let Self { name, key } = self;
        if *name == "search_entries" {
            return erase_entries(write, workspace, 0, i64::MAX).await;
        }
        let some = format!("select {key} from {name} where workspace_id = $1 order by {key} limit $2");
        let text = format!("delete from {name} where workspace_id = $1 and ({key}) in ({some})");
        write.execute(Text { postgres: &text, sqlite: &text.replace('$', "?") }, args![workspace, limit]).await
    }
}

/// Deletes a workspace's entries after one and up to another. The words of SQLite's index lie beside them, under their
/// numbers.
async fn erase_entries(write: &mut Write, workspace: WorkspaceId, after: i64, last: i64) -> Result<u64, Error> {
    const WORDS: Text<'static> = raw!(
        "delete from search_terms where rowid in (
            select entry from search_entries where workspace_id = $1 and entry > $2 and entry <= $3)"
    );
    const ENTRIES: Text<'static> =
        raw!("delete from search_entries where workspace_id = $1 and entry > $2 and entry <= $3");
    let values = args![workspace, after, last];
    if write.engine() == Engine::Sqlite {
        write.execute(WORDS, values).await?;
    }
    write.execute(ENTRIES, values).await
}
