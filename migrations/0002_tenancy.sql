-- Who may enter, what happened, what is still to be done.
-- Type names are PostgreSQL's; SQLite reads them as affinities. Times are milliseconds, booleans 0 and 1.

create table accounts (
    id uuid primary key,
    email text not null unique,
    name text not null,
    locale text not null,
    password_hash text,
    email_verified_at bigint,
    -- 1 while a sign-up that was answered by mail waits for its address to be proven; nobody signs in to it until then.
    pending bigint not null,
    created_at bigint not null
);

create table sessions (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    token_hash bytea not null unique,
    device text not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    ended_at bigint
);
create index sessions_of_account on sessions (account_id, ended_at);

-- One-time tokens that reach a person by mail or console; only the hash is kept.
create table account_tokens (
    token_hash bytea primary key,
    purpose text not null,
    account_id uuid references accounts (id),
    email text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index account_tokens_of on account_tokens (email, purpose);

create table workspaces (
    workspace_id uuid primary key,
    name text not null,
    pack text not null,
    state text not null,
    entitlements text not null,
    rights_version bigint not null,
    version bigint not null,
    created_at bigint not null
);

-- The sequence and the head of the event chain: one row per workspace, so that taking a number and linking the
-- chain is one statement and its lock is held as briefly as possible.
create table workspace_heads (
    workspace_id uuid primary key references workspaces (workspace_id),
    seq bigint not null,
    hash bytea not null
);

create table memberships (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    account_id uuid not null references accounts (id),
    role_key text not null,
    seat_type text not null,
    status text not null,
    joined_at bigint not null,
    ended_at bigint,
    last_active_at bigint,
    primary key (workspace_id, id)
) {clustered};
create unique index memberships_living on memberships (account_id, workspace_id)
    where status in ('active', 'deactivated', 'suspended_over_limit');

-- The owner is a row of its own: exactly one per workspace, and always a membership of it (INV-02).
create table workspace_owners (
    workspace_id uuid primary key references workspaces (workspace_id),
    membership_id uuid not null,
    foreign key (workspace_id, membership_id) references memberships (workspace_id, id)
);

create table events (
    workspace_id uuid not null references workspaces (workspace_id),
    seq bigint not null,
    at bigint not null,
    kind text not null,
    actor_kind text not null,
    actor_id uuid,
    permission text not null,
    subject_kind text not null,
    subject_id uuid not null,
    parent_seq bigint,
    sight text,
    payload text not null,
    row_hash bytea not null,
    hash bytea not null,
    primary key (workspace_id, seq)
) {clustered};

-- Before and after as people read them; erasable without breaking the chain, which holds only hashes of it.
create table event_details (
    workspace_id uuid not null,
    seq bigint not null,
    details text not null,
    primary key (workspace_id, seq),
    foreign key (workspace_id, seq) references events (workspace_id, seq)
) {clustered};

-- Work for later. `scope` is the workspace, or the nil id for work of the instance itself (mails about an account).
create table jobs (
    id uuid primary key,
    scope uuid not null,
    workspace_id uuid references workspaces (workspace_id),
    kind text not null,
    key text not null,
    payload text not null,
    state text not null,
    run_at bigint not null,
    attempts bigint not null,
    locked_until bigint,
    last_error text,
    on_behalf_of uuid,
    created_at bigint not null,
    finished_at bigint,
    unique (scope, kind, key)
);
create index jobs_due on jobs (run_at) where state = 'waiting';
create index jobs_running on jobs (locked_until) where state = 'running';
create index jobs_dead on jobs (finished_at) where state = 'dead';

-- The first answer to a request that carried an Idempotency-Key, written in the transaction of its effect.
create table idempotency_records (
    workspace_id uuid not null references workspaces (workspace_id),
    actor text not null,
    key text not null,
    request_hash bytea not null,
    answer text not null,
    created_at bigint not null,
    primary key (workspace_id, actor, key)
) {clustered};
create index idempotency_by_age on idempotency_records (created_at);

-- When each recurring duty runs next; claimed by compare-and-set, so several servers run it once.
create table schedules (
    name text primary key,
    next_run_at bigint not null
);
