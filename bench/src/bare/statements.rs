//! What the product executes for the measured requests, copied from its crates by hand with the values spelled `?1`.
//! When an operation there changes, this file has to follow, or the ratio compares two different things.

/// `tenancy::Vault::caller_of_session`.
pub const SESSION: &str =
    "select id, account_id, last_seen_at, expires_at from sessions where token_hash = ?1 and ended_at is null";

/// `tenancy::Vault::enter`.
pub const MEMBER: &str =
    "select w.pack, w.state, w.entitlements, w.rights_version, m.id, m.role_key, m.seat_type, o.membership_id, a.name
     from memberships m
     join workspaces w on w.workspace_id = m.workspace_id
     join accounts a on a.id = m.account_id
     left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
     where m.workspace_id = ?1 and m.account_id = ?2 and m.status = 'active'";

/// `conversations::list`: workspace, reading member, moment, status, position, how many.
pub const CONVERSATION_PAGE: &str =
    "select c.id, c.customer_id, cu.display_name, cu.email, c.channel_id, ch.kind, ch.name, c.business_id, c.status,
        c.mode, c.mode_epoch, c.assignee_id, a.name, c.team_id, c.subject, c.preview_text, c.preview_author,
        c.preview_at, c.last_seq, c.last_inbound_seq, c.last_outbound_seq, c.customer_delivered_seq,
        c.customer_read_seq, coalesce(r.seq, 0),
        case when c.last_inbound_seq > coalesce(r.seq, 0) then (
            select count(*) from (
                select 1 from messages i
                where i.workspace_id = c.workspace_id and i.conversation_id = c.id and i.seq > coalesce(r.seq, 0)
                    and i.direction = 'inbound' limit 99) few) else 0 end,
        c.waiting_since, c.snoozed_until, c.last_activity_at, c.created_at, c.version, k.member_id
     from conversations c
     join customers cu on cu.workspace_id = c.workspace_id and cu.id = c.customer_id
     join channels ch on ch.workspace_id = c.workspace_id and ch.id = c.channel_id
     left join memberships m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
     left join accounts a on a.id = m.account_id
     left join conversation_reads r on r.workspace_id = c.workspace_id and r.member_id = ?2 and r.conversation_id = c.id
     left join customer_assignees k on k.workspace_id = c.workspace_id and k.customer_id = c.customer_id
        and k.member_id = ?2 and (k.until is null or k.until > ?3)
     where c.workspace_id = ?1 and c.status = ?4 and (c.last_activity_at, c.id) < (?5, ?6)
     order by c.last_activity_at desc, c.id desc limit ?7";

/// `tenancy::Vault::caller_of_visitor`.
pub const VISITOR: &str = "select workspace_id, id, channel_id, customer_id, expires_at from visitors where token_hash = ?1";

/// `conversations::receive`, the sender: workspace, customer, moment.
pub const HOLD_SENDER: &str =
    "update customers set last_seen_at = ?3 where workspace_id = ?1 and id = ?2 returning display_name, business_id";

/// `conversations::receive`, whether it came before: workspace, channel, receipt.
pub const EARLIER: &str =
    "select m.conversation_id, m.seq from inbound_receipts r
     join messages m on m.workspace_id = r.workspace_id and m.id = r.message_id
     where r.workspace_id = ?1 and r.channel_id = ?2 and r.external_id = ?3";

/// `conversations::receive`, the open conversation: workspace, customer, channel, preview, moment.
pub const GO_ON: &str =
    "update conversations set last_seq = last_seq + 1, last_inbound_seq = last_seq + 1, preview_text = ?4,
        preview_author = 'customer', preview_at = ?5, waiting_since = coalesce(waiting_since, ?5),
        last_activity_at = ?5, version = version + 1
     where workspace_id = ?1 and customer_id = ?2 and channel_id = ?3
        and status in ('open', 'snoozed', 'solved') and status = 'open'
     returning id, last_seq, assignee_id, team_id";

/// `conversations::message`, the message itself.
pub const MESSAGE: &str =
    "insert into messages (workspace_id, conversation_id, seq, id, direction, author_kind, author_id,
        author_name, text, state, external_id, attachments, sent_at)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

/// `conversations::receive`, the receipt: workspace, channel, receipt, message.
pub const RECEIPT: &str =
    "insert into inbound_receipts (workspace_id, channel_id, external_id, message_id) values (?1, ?2, ?3, ?4)";

/// `tenancy::Work::index` on SQLite: workspace, kind, customer, conversation, sequence, moment.
pub const SEARCH_ENTRY: &str =
    "insert into search_entries (workspace_id, kind, customer_id, conversation_id, message_seq, at)
     values (?1, ?2, ?3, ?4, ?5, ?6) returning entry";

/// `tenancy::Work::index` on SQLite: entry, terms.
pub const SEARCH_TERMS: &str = "insert into search_terms (rowid, terms) values (?1, ?2)";

/// `tenancy::Work::index` on PostgreSQL: workspace, kind, customer, conversation, sequence, moment, terms.
pub const SEARCH_WHOLE: &str =
    "insert into search_entries (workspace_id, kind, customer_id, conversation_id, message_seq, at, terms)
     values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as text)::tsvector)";

/// `tenancy::Work::write_events`, the next number: workspace, hash of the row.
pub const NEXT_SEQ: &str =
    "update workspace_heads set seq = seq + 1, hash = chain_hash(hash, seq + 1, ?2)
     where workspace_id = ?1 returning seq, hash";

/// `tenancy::Work::write_events`, the event.
pub const EVENT: &str =
    "insert into events (workspace_id, seq, at, kind, actor_kind, actor_id, permission, subject_kind,
        subject_id, parent_seq, sight, payload, row_hash, hash)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

/// `tenancy::Grant::begin`, whether who entered may still: workspace, session, moment.
pub const RIGHTS: &str =
    "select w.rights_version, c.id from workspaces w left join sessions c on c.id = ?2 and c.ended_at is null
        and c.expires_at > ?3 where w.workspace_id = ?1";

/// `billing::ledger::account`, the held row: workspace.
pub const HOLD_POOL: &str =
    "update credit_accounts set entries = entries where workspace_id = ?1
     returning granted, purchased, reserved, entries, unlimited, grant_size, thresholds, warned, month_start,
        month_end";

/// `billing::ledger::account`, the row as it is to be: workspace, and every column.
pub const SAVE_POOL: &str =
    "update credit_accounts set granted = ?2, purchased = ?3, reserved = ?4, entries = ?5, unlimited = ?6,
        grant_size = ?7, thresholds = ?8, warned = ?9, month_start = ?10, month_end = ?11
     where workspace_id = ?1";

/// `billing::ledger::consumption`, the cap: workspace, member, month.
pub const CAP: &str =
    "select c.monthly, coalesce(u.consumed + u.reserved, 0) from credit_caps c
     left join credit_consumption u on u.workspace_id = c.workspace_id and u.member_id = c.member_id
        and u.period_start = ?3
     where c.workspace_id = ?1 and c.member_id = ?2";

/// `billing::ledger::consumption`, what is reserved: workspace, member, month, consumed, reserved.
pub const COUNT: &str =
    "insert into credit_consumption (workspace_id, member_id, period_start, consumed, reserved)
     values (?1, ?2, ?3, ?4, ?5)
     on conflict (workspace_id, member_id, period_start) do update set
        consumed = credit_consumption.consumed + excluded.consumed,
        reserved = credit_consumption.reserved + excluded.reserved";

/// `billing::ledger::consumption`, what is reserved no longer: workspace, member, month, consumed, reserved.
pub const COUNT_SETTLED: &str =
    "update credit_consumption set consumed = consumed + ?4, reserved = reserved + ?5
     where workspace_id = ?1 and member_id = ?2 and period_start = ?3";

/// `billing::ledger::reserve`: workspace, id, key, amount, member, cause, subject, moment, end, month.
pub const RESERVE: &str =
    "insert into credit_reservations (workspace_id, id, key, amount, member_id, cause, subject_kind, subject_id,
        state, created_at, expires_at, month_start)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', ?9, ?10, ?11)
     on conflict (workspace_id, key) do update set id = excluded.id, amount = excluded.amount, state = 'open',
        created_at = excluded.created_at, expires_at = excluded.expires_at, month_start = excluded.month_start,
        settled_at = null";

/// `billing::ledger::commit`, the reservation: workspace, id, member.
pub const RESERVATION: &str =
    "select id, amount, spent, member_id, cause, subject_kind, subject_id, state, expires_at, month_start
     from credit_reservations where workspace_id = ?1 and id = ?2 and member_id = ?3";

/// `billing::ledger::entry`: workspace, and every column.
pub const ENTRY: &str =
    "insert into credit_entries (workspace_id, seq, at, kind, amount, of_grant, balance, member_id, actor_kind,
        actor_id, cause, subject_kind, subject_id, key)
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

/// `billing::ledger::commit`, the reservation settled: workspace, id, state, spent, moment.
pub const SETTLE: &str =
    "update credit_reservations set state = ?3, spent = ?4, settled_at = ?5 where workspace_id = ?1 and id = ?2";
