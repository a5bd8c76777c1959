-- Who was told of what, how they want to be told, and where the telling stands.

-- How far each reactor has read the workspace's events. It is moved in the transaction of what was done about them.
create table reactor_cursors (
    workspace_id uuid not null references workspaces (workspace_id),
    reactor text not null,
    seq bigint not null,
    primary key (workspace_id, reactor)
) {clustered};

-- What happened before there were notifications is nobody's news.
insert into reactor_cursors (workspace_id, reactor, seq) select workspace_id, 'notifications', seq from workspace_heads;

-- One row per member and subject: what happens to it again renews the row. Ids alone; texts are made when it is shown.
create table notifications (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    id uuid not null,
    subject_kind text not null,
    subject_id uuid not null,
    -- The newest of what happened: its event, who did it, and the message it is about.
    kind text not null,
    event_seq bigint not null,
    actor_id uuid,
    message_seq bigint,
    at bigint not null,
    -- How often something happened since it was last read.
    happened bigint not null,
    read_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};
create unique index notifications_subject on notifications (workspace_id, member_id, subject_kind, subject_id);
create index notifications_newest on notifications (workspace_id, member_id, at, id);
create index notifications_unread on notifications (workspace_id, member_id) where read_at is null;

create table notification_preferences (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    preferences text not null,
    updated_at bigint not null,
    primary key (workspace_id, member_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};

-- When each member last got the digest.
create table digests (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    at bigint not null,
    primary key (workspace_id, member_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};

-- Browsers that take push messages, as they gave themselves (RFC 8291); each ends with its session.
create table push_subscriptions (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    member_id uuid not null,
    session_id uuid not null,
    endpoint text not null,
    public_key bytea not null,
    auth_secret bytea not null,
    device text not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};
create unique index push_subscriptions_endpoint on push_subscriptions (workspace_id, member_id, endpoint);

create table slack_webhooks (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    -- Whoever knows it can post, so it is shown to nobody.
    url text not null,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};

-- Keys of the instance itself by name; 'vapid' signs push messages.
create table instance_keys (
    name text primary key,
    private_key bytea not null,
    created_at bigint not null
);
