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
