-- Who answers a conversation, what the AI is doing about it, and what waits to be sent.

-- Who took it over or answered last, and when: the timer of the AI and the holder of a strict reply lock.
alter table conversations add column mode_holder_id uuid;
alter table conversations add column mode_held_at bigint;
-- When the AI answers again, unless a person does something before.
alter table conversations add column ai_resume_at bigint;
-- The AI asks that a person looks at it.
alter table conversations add column review_flag bigint not null default 0;

-- When a held message goes out; null for every other.
alter table messages add column send_at bigint;
create index messages_held on messages (workspace_id, conversation_id, seq) where state = 'held';

-- The AI of a workspace, once somebody switched it on. It answers while it is enabled and nothing keeps it from it.
create table agents (
    workspace_id uuid not null references workspaces (workspace_id),
    name text not null,
    enabled bigint not null,
    -- What keeps it from answering; null for nothing.
    paused_reason text,
    -- Whether the workspace was within its business hours when the clock last looked.
    hours_open bigint not null,
    version bigint not null,
    primary key (workspace_id)
) {clustered};

-- INV-21: every change of a mode, under the epoch that it began.
create table mode_events (
    workspace_id uuid not null references workspaces (workspace_id),
    conversation_id uuid not null,
    epoch bigint not null,
    at bigint not null,
    from_mode text not null,
    to_mode text not null,
    cause text not null,
    -- Why the AI handed over, where it did.
    reason text,
    actor_kind text not null,
    actor_id uuid,
    primary key (workspace_id, conversation_id, epoch),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};

-- What the AI wrote or is writing: one draft per epoch and newest inbound message that it answers (INV-22).
create table ai_drafts (
    workspace_id uuid not null references workspaces (workspace_id),
    conversation_id uuid not null,
    epoch bigint not null,
    inbound_seq bigint not null,
    state text not null,
    text text not null,
    message_seq bigint,
    created_at bigint not null,
    ended_at bigint,
    primary key (workspace_id, conversation_id, epoch, inbound_seq),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};
create index ai_drafts_by_age on ai_drafts (workspace_id, created_at, state);

-- Answers that go out later.
create table scheduled_messages (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    conversation_id uuid not null,
    author_id uuid not null,
    author_name text not null,
    text text not null,
    attachments text not null,
    -- The newest message of the customer that its author had seen.
    seen_inbound_seq bigint not null,
    state text not null,
    send_at bigint not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id),
    foreign key (workspace_id, author_id) references memberships (workspace_id, id)
) {clustered};
create index scheduled_messages_waiting on scheduled_messages (workspace_id, conversation_id, send_at)
    where state = 'waiting';
