//! The mirror: behind every workspace of a world stands another one with *the same ids and other contents*. A
//! statement that forgets the workspace shows its text, and [`super::Client`] refuses to read on.
//!
//! Triggers keep it: whatever the program inserts for a workspace is inserted for its mirror too, with every text
//! that a person wrote marked.

use super::{Database, Place, database::PLACE};

/// What marks the mirror's texts.
pub const MIRROR: &str = "MIRROR";

/// Text columns that people or the outside write: marked in the mirror.
pub const CONTENTS: &[&str] = &[
    "access_event_details.details",
    "agents.name",
    "ai_drafts.text",
    "api_keys.name",
    "assignment_decisions.rule_name",
    "attachments.name",
    "businesses.name",
    "buyers.details",
    "buyers.name",
    "canned_responses.text",
    "canned_responses.title",
    "channels.name",
    "conversations.preview_text",
    "conversations.subject",
    "customer_notes.text",
    "customers.display_name",
    "customers.email",
    "customers.phone",
    "drafts.note",
    "drafts.reply",
    "event_details.details",
    "handovers.reason",
    "holidays.name",
    "invitations.email",
    "invoices.buyer_details",
    "invoices.buyer_name",
    "invoices.seller_details",
    "invoices.seller_name",
    "invoices.workspace_name",
    "labels.icon",
    "labels.name",
    "labels.purpose",
    "macros.name",
    "memberships.display_name",
    "messages.author_name",
    "messages.text",
    "operator_requests.answer",
    "operator_requests.text",
    "permission_sets.description",
    "permission_sets.label",
    "previews.label",
    "push_subscriptions.endpoint",
    "roles.description",
    "roles.label",
    "routing_rules.name",
    "saved_searches.name",
    "scheduled_messages.author_name",
    "scheduled_messages.text",
    "slack_webhooks.url",
    "task_comments.text",
    "tasks.body",
    "tasks.title",
    "teams.name",
    "teams.name_folded",
    "visitors.email_claim",
    "visitors.name",
    "workspaces.name",
];

/// Text columns that the program reads as its own words: the same in the mirror.
pub const CODES: &[&str] = &[
    "access_events.actor_kind",
    "access_events.kind",
    "access_events.payload",
    "access_events.permission",
    "access_events.sight",
    "access_events.subject_kind",
    "agents.paused_reason",
    "ai_drafts.state",
    "api_keys.ended_how",
    "api_keys.kind",
    "api_keys.prefix",
    "api_keys.scopes",
    "assignment_decisions.cause",
    "assignment_decisions.considered",
    "assignment_decisions.strategy",
    "attachments.content_type",
    "attachments.uploaded_by_kind",
    "availability.cause",
    "availability.status",
    "bulk_actions.action",
    "bulk_actions.filter",
    "bulk_items.code",
    "bulk_items.detail",
    "bulk_items.state",
    "bulk_items.steps",
    "business_hours.timezone",
    "business_hours.weekly",
    "canned_responses.scope",
    "canned_responses.shortcut",
    "channels.allowed_origins",
    "channels.kind",
    "channels.public_key",
    "channels.settings",
    "checkouts.addon",
    "checkouts.billing_interval",
    "checkouts.currency",
    "checkouts.kind",
    "checkouts.payment_id",
    "checkouts.plan",
    "checkouts.provider_id",
    "checkouts.state",
    "checkouts.till",
    "checkouts.url",
    "conversation_counts.status",
    "conversations.label_ids",
    "conversations.mode",
    "conversations.preview_author",
    "conversations.status",
    "credit_accounts.thresholds",
    "credit_entries.actor_kind",
    "credit_entries.cause",
    "credit_entries.key",
    "credit_entries.kind",
    "credit_entries.subject_kind",
    "credit_reservations.cause",
    "credit_reservations.key",
    "credit_reservations.state",
    "credit_reservations.subject_kind",
    "customer_identities.kind",
    "customer_identities.value",
    "customer_note_mentions.kind",
    "customers.label_ids",
    "customers.locale",
    "customers.source",
    "drafts.mode",
    "events.actor_kind",
    "events.kind",
    "events.payload",
    "events.permission",
    "events.sight",
    "events.subject_kind",
    "exit_receipts.how",
    "exit_receipts.moved",
    "former_pack_roles.became",
    "former_pack_roles.pack",
    "former_pack_roles.role_key",
    "handovers.state",
    "holidays.day",
    "idempotency_records.actor",
    "idempotency_records.answer",
    "idempotency_records.key",
    "inbound_receipts.external_id",
    "inbox_settings.overrides",
    "invitations.role_key",
    "invitations.seat_type",
    "invitations.status",
    "invoice_lines.item",
    "invoice_lines.kind",
    "invoice_lines.name",
    "invoices.currency",
    "invoices.hosted_url",
    "invoices.number",
    "invoices.provider_id",
    "invoices.reason",
    "invoices.state",
    "labels.key",
    "labels.name_folded",
    "macros.actions",
    "macros.scope",
    "memberships.ended_how",
    "memberships.role_key",
    "memberships.seat_type",
    "memberships.status",
    "memberships.teams",
    "mentions.kind",
    "merges.kind",
    "merges.moved",
    "messages.attachments",
    "messages.author_kind",
    "messages.direction",
    "messages.external_id",
    "messages.state",
    "meters.meter",
    "meters.remedies",
    "mode_events.actor_kind",
    "mode_events.cause",
    "mode_events.from_mode",
    "mode_events.reason",
    "mode_events.to_mode",
    "notification_preferences.preferences",
    "notifications.kind",
    "notifications.subject_kind",
    "operator_requests.kind",
    "operator_requests.state",
    "ownership_transfers.mechanism",
    "ownership_transfers.state",
    "pending_lines.item",
    "pending_lines.kind",
    "pending_lines.name",
    "permission_sets.grants",
    "previews.grants",
    "previews.kind",
    "previews.seat_type",
    "provider_events.id",
    "provider_events.kind",
    "provider_events.object_id",
    "provider_events.outcome",
    "push_subscriptions.device",
    "reactor_cursors.reactor",
    "roles.base",
    "roles.grants",
    "roles.role_key",
    "roles.seat_type",
    "routing_rules.action",
    "routing_rules.conditions",
    "saved_searches.filter",
    "saved_searches.icon",
    "saved_searches.scope",
    "scheduled_messages.attachments",
    "scheduled_messages.state",
    "search_entries.kind",
    "shifts.days",
    "subscription_items.item",
    "subscription_items.provider_item",
    "subscriptions.billing_interval",
    "subscriptions.catalogue",
    "subscriptions.next_interval",
    "subscriptions.next_plan",
    "subscriptions.payment_brand",
    "subscriptions.payment_last4",
    "subscriptions.plan",
    "subscriptions.provider_customer",
    "subscriptions.provider_subscription",
    "subscriptions.reminded",
    "subscriptions.state",
    "subscriptions.till",
    "tasks.status",
    "teams.hours",
    "teams.requeue_on",
    "teams.strategy",
    "undo_offers.steps",
    "usage_counters.meter",
    "visitors.locale",
    "workspaces.entitlements",
    "workspaces.pack",
    "workspaces.state",
    "workspaces.state_before_deletion",
];

/// Columns that are unique on the whole instance: the mirror has another value.
const UNIQUE: &[&str] = &[
    "api_keys.token_hash",
    "channels.public_key",
    "invitations.token_hash",
    "invoices.number",
    "invoices.provider_id",
    "visitors.token_hash",
];
/// Columns that the database itself numbers.
const NUMBERED: &[&str] = &["search_entries.entry"];
/// Work to do: the mirror is looked at, it does not work.
const UNMIRRORED: &[&str] = &["jobs"];
/// When there would be something to do for it.
const DUE: &[&str] = &["credit_accounts.month_end", "meters.over_since", "subscriptions.due_at"];

/// Puts the mirror behind every workspace that will be made in this database.
pub fn put_up(database: &Database) {
    for (table, columns) in tables(database) {
        database.run(&trigger(&table, &columns));
    }
}

/// The tables of workspaces, each with its columns and their types.
pub fn tables(database: &Database) -> Vec<(String, Vec<(String, String)>)> {
    let named = match &*PLACE {
        Place::Sqlite => {
            "select m.name, c.name, lower(c.type) from sqlite_master m, pragma_table_info(m.name) c
             where m.type = 'table' and m.sql not like 'create virtual%' order by m.name, c.cid"
        }
        Place::Postgres(_) => {
            "select table_name, column_name, data_type from information_schema.columns
             where table_schema = 'public' order by table_name, ordinal_position"
        }
    };
    let mut tables: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for row in database.rows(named) {
        let [table, column, kind]: [Option<String>; 3] = row.try_into().expect("three cells");
        let (table, column, kind) = (table.expect("a table"), column.expect("a column"), kind.expect("a type"));
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push((column, kind)),
            _ => tables.push((table, vec![(column, kind)])),
        }
    }
    let of_workspaces = |columns: &[(String, String)]| columns.iter().any(|(name, _)| name == "workspace_id");
    tables.retain(|(table, columns)| of_workspaces(columns) && !UNMIRRORED.contains(&table.as_str()));
    tables
}

fn trigger(table: &str, columns: &[(String, String)]) -> String {
    let copied: Vec<_> =
        columns.iter().filter(|(column, _)| !NUMBERED.contains(&format!("{table}.{column}").as_str())).collect();
    let names = copied.iter().map(|(column, _)| column.as_str()).collect::<Vec<_>>().join(", ");
    let values = copied.iter().map(|(column, kind)| value(table, column, kind)).collect::<Vec<_>>().join(", ");
    let copy = format!("insert into {table} ({names}) select {values} where true on conflict do nothing;");
    let body = match table {
        "memberships" => format!("{} {} {copy}", person(), room_for_membership()),
        "conversations" => format!("{} {copy}", room_for_conversation()),
        _ => copy,
    };
    match &*PLACE {
        Place::Sqlite => format!(
            "create trigger mirror_{table} after insert on {table} when substr(new.workspace_id, 1, 2) <> x'ffff'
             begin {body} end;"
        ),
        Place::Postgres(_) => format!(
            "create function mirror_{table}() returns trigger language plpgsql as $$ begin
                if left(new.workspace_id::text, 4) <> 'ffff' then {body} end if;
                return null;
             end $$;
             create trigger mirror_{table} after insert on {table} for each row execute function mirror_{table}();"
        ),
    }
}

/// What the mirror holds where the workspace holds `new.column`.
fn value(table: &str, column: &str, kind: &str) -> String {
    let (new, name) = (format!("new.{column}"), format!("{table}.{column}"));
    match name.as_str() {
        _ if column == "workspace_id" || column == "account_id" => flipped(&new),
        name if UNIQUE.contains(&name) && kind == "bytea" => match &*PLACE {
            Place::Sqlite => format!("cast({new} || x'00' as blob)"),
            Place::Postgres(_) => format!("{new} || '\\x00'::bytea"),
        },
        name if UNIQUE.contains(&name) => format!("{new} || '-mirror'"),
        name if DUE.contains(&name) => "null".to_owned(),
        // Of what is settled later the mirror hears nothing: its own is never due.
        "credit_reservations.expires_at" => i64::MAX.to_string(),
        name if CONTENTS.contains(&name) => format!("'{MIRROR} ' || {new}"),
        _ => new,
    }
}

/// The mirror's members are other people, with accounts of their own.
fn person() -> String {
    format!(
        "insert into accounts (id, email, name, locale, pending, created_at)
         select {}, 'mirror.' || email, '{MIRROR} ' || name, locale, pending, created_at from accounts
         where id = new.account_id on conflict do nothing;",
        flipped("id")
    )
}

/// Somebody who comes back is there once in the mirror too, where nobody ever leaves.
fn room_for_membership() -> String {
    format!(
        "update memberships set status = 'left' where workspace_id = {} and account_id = {}
            and status in ('active', 'deactivated', 'suspended_over_limit');",
        flipped("new.workspace_id"),
        flipped("new.account_id")
    )
}

/// A customer has one living conversation per channel in the mirror too, where nothing is ever settled.
fn room_for_conversation() -> String {
    format!(
        "update conversations set status = 'archived' where workspace_id = {} and customer_id = new.customer_id
            and channel_id = new.channel_id and status in ('open', 'snoozed', 'solved');",
        flipped("new.workspace_id")
    )
}

/// An id on the other side; ids of the program never start with these bits, which are its time.
fn flipped(column: &str) -> String {
    match &*PLACE {
        Place::Sqlite => format!("cast(x'ffffffff' || substr({column}, 5) as blob)"),
        Place::Postgres(_) => format!("('ffffffff' || substr({column}::text, 9))::uuid"),
    }
}
