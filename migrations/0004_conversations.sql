-- Channels, the people who write through them, and the work itself.

create table channels (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    business_id uuid not null,
    kind text not null,
    name text not null,
    public_key text not null unique,
    allowed_origins text not null,
    settings text not null,
    identity_secret bytea,
    last_seen_at bigint,
    version bigint not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, business_id) references businesses (workspace_id, id)
) {clustered};

create table customers (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    business_id uuid not null,
    display_name text not null,
    email text,
    -- Typed by the customer and proven by nobody: such an address identifies no one.
    email_claimed bigint not null,
    phone text,
    locale text,
    source text not null,
    identified bigint not null,
    first_seen_at bigint not null,
    last_seen_at bigint,
    version bigint not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, business_id) references businesses (workspace_id, id)
) {clustered};
create index customers_by_age on customers (workspace_id, created_at, id);
create unique index customers_email on customers (workspace_id, business_id, email)
    where email is not null and email_claimed = 0;

-- What ties a customer to the outside: a signed site user, an address of a channel (INV-36: per business).
create table customer_identities (
    workspace_id uuid not null references workspaces (workspace_id),
    business_id uuid not null,
    kind text not null,
    value text not null,
    customer_id uuid not null,
    primary key (workspace_id, business_id, kind, value),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id)
) {clustered};

-- Who has or recently had a conversation of the customer: written by conversations, read by the own-relation
-- assigned_contact. `until` is null while one is open.
create table customer_assignees (
    workspace_id uuid not null references workspaces (workspace_id),
    customer_id uuid not null,
    member_id uuid not null,
    until bigint,
    primary key (workspace_id, customer_id, member_id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};

create table visitors (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    channel_id uuid not null,
    customer_id uuid,
    token_hash bytea not null unique,
    -- The token before: an answer that never arrived must not cost a visitor its conversation.
    previous_token_hash bytea,
    name text,
    email_claim text,
    identified bigint not null,
    locale text,
    created_at bigint not null,
    expires_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, channel_id) references channels (workspace_id, id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id)
) {clustered};

create index visitors_previous_token on visitors (previous_token_hash);

create table conversations (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    customer_id uuid not null,
    channel_id uuid not null,
    business_id uuid not null,
    status text not null,
    mode text not null,
    mode_epoch bigint not null,
    assignee_id uuid,
    team_id uuid,
    subject text,
    preview_text text,
    preview_author text,
    preview_at bigint,
    last_seq bigint not null,
    last_inbound_seq bigint not null,
    last_outbound_seq bigint not null,
    customer_delivered_seq bigint not null,
    customer_read_seq bigint not null,
    waiting_since bigint,
    snoozed_until bigint,
    last_activity_at bigint not null,
    version bigint not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id),
    foreign key (workspace_id, channel_id) references channels (workspace_id, id),
    foreign key (workspace_id, assignee_id) references memberships (workspace_id, id)
) {clustered};
create unique index conversations_living on conversations (workspace_id, customer_id, channel_id)
    where status in ('open', 'snoozed', 'solved');
create index conversations_inbox on conversations (workspace_id, status, last_activity_at, id);
create index conversations_assigned on conversations (workspace_id, assignee_id, status, last_activity_at, id);
create index conversations_of_customer on conversations (workspace_id, customer_id, last_activity_at);
create index conversations_wake on conversations (snoozed_until) where status = 'snoozed';

create table messages (
    workspace_id uuid not null references workspaces (workspace_id),
    conversation_id uuid not null,
    seq bigint not null,
    id uuid not null,
    direction text not null,
    author_kind text not null,
    author_id uuid,
    author_name text not null,
    text text not null,
    state text not null,
    external_id text,
    attachments text not null,
    sent_at bigint not null,
    primary key (workspace_id, conversation_id, seq),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};
create unique index messages_by_id on messages (workspace_id, id);

-- A provider delivers at least once; its id is taken once per channel.
create table inbound_receipts (
    workspace_id uuid not null references workspaces (workspace_id),
    channel_id uuid not null,
    external_id text not null,
    conversation_id uuid not null,
    seq bigint not null,
    primary key (workspace_id, channel_id, external_id),
    foreign key (workspace_id, conversation_id, seq) references messages (workspace_id, conversation_id, seq)
) {clustered};

create table attachments (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    conversation_id uuid,
    name text not null,
    content_type text not null,
    size bigint not null,
    content_hash bytea not null,
    uploaded_by_kind text not null,
    uploaded_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};

create table conversation_reads (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    conversation_id uuid not null,
    seq bigint not null,
    primary key (workspace_id, conversation_id, member_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};
create index conversation_reads_by_conversation on conversation_reads (workspace_id, conversation_id, seq);

-- How many conversations stand where; kept in the transaction that moves one, so no view ever counts by scanning.
create table conversation_counts (
    workspace_id uuid not null references workspaces (workspace_id),
    status text not null,
    assignee_key uuid not null,
    n bigint not null,
    primary key (workspace_id, status, assignee_key)
) {clustered};
