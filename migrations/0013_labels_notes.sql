-- What a team tells itself about its work: labels, notes and hand-overs.

-- A label that came with the workspace has a key, which stays whatever it is called. Members' labels have no rows: a
-- member is their own label, with their id and name.
create table labels (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    name_folded text not null,
    -- A hue, 0 to 359.
    color bigint not null,
    icon text,
    -- What it tells the team.
    purpose text not null,
    key text,
    created_by uuid,
    created_at bigint not null,
    -- The label that took its place, and which may have been merged itself.
    merged_into uuid,
    archived_at bigint,
    version bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index labels_name on labels (workspace_id, name_folded) where archived_at is null;

-- `label_id` is a label or a member.
create table conversation_labels (
    workspace_id uuid not null references workspaces (workspace_id),
    conversation_id uuid not null,
    label_id uuid not null,
    applied_at bigint not null,
    primary key (workspace_id, conversation_id, label_id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};
create index conversation_labels_by_label on conversation_labels (workspace_id, label_id, conversation_id);

create table customer_labels (
    workspace_id uuid not null references workspaces (workspace_id),
    customer_id uuid not null,
    label_id uuid not null,
    applied_at bigint not null,
    primary key (workspace_id, customer_id, label_id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id)
) {clustered};
create index customer_labels_by_label on customer_labels (workspace_id, label_id, customer_id);
-- Kept beside the links, as for conversations.
alter table customers add column label_ids text not null default '';

-- A note in a conversation is a message among members. Its author may change it; what it said before stays in the
-- details of the event.
alter table messages add column version bigint not null default 1;
alter table messages add column edited_at bigint;
alter table messages add column deleted_at bigint;
-- Whether a file is beside a note: then it never leaves the team.
alter table attachments add column internal bigint not null default 0;

create table customer_notes (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    customer_id uuid not null,
    author_id uuid not null,
    text text not null,
    pinned bigint not null,
    created_at bigint not null,
    edited_at bigint,
    deleted_at bigint,
    version bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id),
    foreign key (workspace_id, author_id) references memberships (workspace_id, id)
) {clustered};
create index customer_notes_by_age on customer_notes (workspace_id, customer_id, created_at, id);

-- Whom a note of a conversation calls: a member or a team.
create table mentions (
    workspace_id uuid not null references workspaces (workspace_id),
    target_id uuid not null,
    conversation_id uuid not null,
    seq bigint not null,
    kind text not null,
    primary key (workspace_id, target_id, conversation_id, seq),
    foreign key (workspace_id, conversation_id, seq) references messages (workspace_id, conversation_id, seq)
) {clustered};
create index mentions_of_note on mentions (workspace_id, conversation_id, seq);

-- A conversation handed to a colleague or a team, until it is taken, sent back or its time is over.
create table handovers (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    conversation_id uuid not null,
    -- Its note.
    seq bigint not null,
    from_member uuid not null,
    to_member uuid,
    to_team uuid,
    state text not null,
    reason text,
    created_at bigint not null,
    expires_at bigint not null,
    answered_at bigint,
    answered_by uuid,
    primary key (workspace_id, id),
    foreign key (workspace_id, conversation_id, seq) references messages (workspace_id, conversation_id, seq),
    foreign key (workspace_id, from_member) references memberships (workspace_id, id),
    foreign key (workspace_id, to_member) references memberships (workspace_id, id)
) {clustered};
create unique index handovers_open on handovers (workspace_id, conversation_id) where state = 'open';
create index search_entries_of_note on search_entries (workspace_id, conversation_id, message_seq) where kind = 'note';
