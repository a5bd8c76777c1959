-- What happens to accounts outside of workspaces, and what their repeated requests were answered.

-- The instance's own chains by name, of the same shape as a workspace's, so that the same code writes and verifies
-- both. The first is 'accounts'.
create table instance_heads (
    chain text primary key,
    seq bigint not null,
    hash bytea not null
);

create table instance_events (
    chain text not null references instance_heads (chain),
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
    primary key (chain, seq)
) {clustered};

create table instance_event_details (
    chain text not null,
    seq bigint not null,
    details text not null,
    primary key (chain, seq),
    foreign key (chain, seq) references instance_events (chain, seq)
) {clustered};

-- The first answer to an account's request outside of workspaces that carried an Idempotency-Key.
create table account_idempotency_records (
    account_id uuid not null references accounts (id),
    key text not null,
    request_hash bytea not null,
    answer text not null,
    created_at bigint not null,
    primary key (account_id, key)
) {clustered};
create index account_idempotency_by_age on account_idempotency_records (created_at);
