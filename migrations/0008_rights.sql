-- Who may do what, by a workspace's own choice: its pack's version, its own roles and permission sets, API keys,
-- previews; how people come, hand over and go; and the chain of what was refused or looked at.

-- Packs that the operator loaded. A version never changes once it is here; the shipped packs are in the program.
create table policy_packs (
    id text not null,
    version bigint not null,
    text text not null,
    loaded_at bigint not null,
    primary key (id, version)
);

alter table workspaces add column pack_version bigint not null default 1;
-- While a deletion is scheduled: when it happens, and the state that cancelling it goes back to.
alter table workspaces add column deletion_at bigint;
alter table workspaces add column state_before_deletion text;

-- A name for this workspace only; the account keeps its own.
alter table memberships add column display_name text;
alter table memberships add column ended_how text;
-- The day after which a contractor's membership ends by itself.
alter table memberships add column ends_at bigint;
-- Sessions that began earlier have to sign in again before they enter this workspace.
alter table memberships add column sessions_from bigint not null default 0;
alter table memberships add column reviewed_at bigint;
alter table memberships add column reviewed_by uuid;

-- When the person last proved who they are: at sign-in, or by confirming the password.
alter table sessions add column verified_at bigint not null default 0;
alter table sessions add column shared_device bigint not null default 0;
-- 1 when the token is to be replaced at the next chance, because the account's rights changed.
alter table sessions add column rotation_due bigint not null default 0;

-- 1 while a generated first password waits to be changed.
alter table accounts add column password_must_change bigint not null default 0;

alter table invitations add column lifetime_days bigint not null default 14;

create table roles (
    workspace_id uuid not null references workspaces (workspace_id),
    role_key text not null,
    label text not null,
    description text not null,
    rank bigint not null,
    seat_type text not null,
    -- The role it was made from, and what it grants: permission → reach, for everything but none.
    base text not null,
    grants text not null,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (workspace_id, role_key),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index roles_label on roles (workspace_id, label);

create table permission_sets (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    label text not null,
    description text not null,
    grants text not null,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index permission_sets_label on permission_sets (workspace_id, label);

create table membership_permission_sets (
    workspace_id uuid not null references workspaces (workspace_id),
    membership_id uuid not null,
    set_id uuid not null,
    primary key (workspace_id, membership_id, set_id),
    foreign key (workspace_id, membership_id) references memberships (workspace_id, id),
    foreign key (workspace_id, set_id) references permission_sets (workspace_id, id)
) {clustered};
create index membership_permission_sets_of_set on membership_permission_sets (workspace_id, set_id);

-- What a member's role was when the workspace last stood on another pack, and what it became, so that a way back
-- leads back.
create table former_pack_roles (
    workspace_id uuid not null references workspaces (workspace_id),
    membership_id uuid not null,
    pack text not null,
    role_key text not null,
    became text not null,
    at bigint not null,
    primary key (workspace_id, membership_id, pack),
    foreign key (workspace_id, membership_id) references memberships (workspace_id, id)
) {clustered};

create table ownership_transfers (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    from_member uuid not null,
    to_member uuid not null,
    mechanism text not null,
    state text not null,
    requested_at bigint not null,
    expires_at bigint not null,
    settled_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, from_member) references memberships (workspace_id, id),
    foreign key (workspace_id, to_member) references memberships (workspace_id, id)
) {clustered};
create unique index ownership_transfers_open on ownership_transfers (workspace_id)
    where state in ('awaiting_operator', 'awaiting_acceptance');

-- What an exit moved where, as it was at that moment.
create table exit_receipts (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    membership_id uuid not null,
    how text not null,
    at bigint not null,
    moved text not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, membership_id) references memberships (workspace_id, id)
) {clustered};
create index exit_receipts_of on exit_receipts (workspace_id, membership_id, at);

create table api_keys (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    -- personal: acts as its member, own things included; workspace: holds nothing of its own.
    kind text not null,
    name text not null,
    -- The first letters, by which its holder knows it.
    prefix text not null,
    token_hash bytea not null unique,
    scopes text not null,
    created_by uuid not null,
    created_at bigint not null,
    expires_at bigint not null,
    last_used_at bigint,
    ended_at bigint,
    ended_how text,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create index api_keys_of on api_keys (workspace_id, created_by, ended_at);

-- A look at the workspace as somebody else, bound to the session that asked for it.
create table previews (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    session_id uuid not null,
    membership_id uuid not null,
    kind text not null,
    label text not null,
    seat_type text not null,
    grants text not null,
    subject_member uuid,
    started_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, membership_id) references memberships (workspace_id, id)
) {clustered};

-- A workspace's second chain: refused attempts and reads of sensitive data, of the same shape as the first.
create table access_heads (
    workspace_id uuid primary key references workspaces (workspace_id),
    seq bigint not null,
    hash bytea not null
);

create table access_events (
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

create table access_event_details (
    workspace_id uuid not null,
    seq bigint not null,
    details text not null,
    primary key (workspace_id, seq),
    foreign key (workspace_id, seq) references access_events (workspace_id, seq)
) {clustered};

-- The audit log reads both chains as one list in the order of time, whatever it is narrowed to.
create index events_by_time on events (workspace_id, at, seq);
create index events_of_actor on events (workspace_id, actor_id, at, seq);
create index events_of_kind on events (workspace_id, kind, at, seq);
create index events_of_subject on events (workspace_id, subject_kind, subject_id, at, seq);
create index access_events_by_time on access_events (workspace_id, at, seq);
create index access_events_of_actor on access_events (workspace_id, actor_id, at, seq);
create index access_events_of_kind on access_events (workspace_id, kind, at, seq);
create index access_events_of_subject on access_events (workspace_id, subject_kind, subject_id, at, seq);
