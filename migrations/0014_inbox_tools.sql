-- What members work with: ways back, drafts, saved searches, canned responses, macros, bulk actions, merges.

-- What a member may take back for a while: the steps, as ids and codes, oldest first.
create table undo_offers (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    member_id uuid not null,
    steps text not null,
    created_at bigint not null,
    expires_at bigint not null,
    undone_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};
create index undo_offers_expired on undo_offers (expires_at);

-- What a member has begun to write in a conversation.
create table drafts (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    conversation_id uuid not null,
    reply text not null,
    note text not null,
    -- The tab that was open: reply or note.
    mode text not null,
    version bigint not null,
    updated_at bigint not null,
    primary key (workspace_id, member_id, conversation_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
) {clustered};

create table saved_searches (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    icon text,
    -- private or shared.
    scope text not null,
    -- The filter of the conversation list, as JSON.
    filter text not null,
    position bigint not null,
    version bigint not null,
    deleted_at bigint,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};

create table canned_responses (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    shortcut text not null,
    title text not null,
    text text not null,
    -- personal, team or workspace.
    scope text not null,
    -- Whose it is: the member, the team, or nobody in particular (nil). A shortcut is taken once in each.
    scope_id uuid not null,
    usage_count bigint not null,
    last_used_at bigint,
    version bigint not null,
    deleted_at bigint,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index canned_responses_shortcut on canned_responses (workspace_id, scope, scope_id, shortcut)
    where deleted_at is null;

create table macros (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    scope text not null,
    scope_id uuid not null,
    -- What it does, in this order, as JSON.
    actions text not null,
    usage_count bigint not null,
    version bigint not null,
    deleted_at bigint,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};

-- One action on many conversations, done one by one.
create table bulk_actions (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    member_id uuid not null,
    -- What is done, as JSON; taking another bulk action back is one too.
    action text not null,
    -- The filter whose conversations are still being collected, as JSON; null when all are known.
    filter text,
    -- The last conversation that was collected.
    collected uuid,
    total bigint not null,
    done bigint not null,
    failed bigint not null,
    created_at bigint not null,
    finished_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};

create table bulk_items (
    workspace_id uuid not null references workspaces (workspace_id),
    bulk_action_id uuid not null,
    conversation_id uuid not null,
    -- waiting, done, failed or dropped.
    state text not null,
    -- Why it failed: a problem's code and sentence.
    code text,
    detail text,
    -- The way back, as in undo_offers.
    steps text not null,
    primary key (workspace_id, bulk_action_id, conversation_id),
    foreign key (workspace_id, bulk_action_id) references bulk_actions (workspace_id, id)
) {clustered};
create index bulk_items_waiting on bulk_items (workspace_id, bulk_action_id, state, conversation_id);

-- Two conversations or two customers that became one, and what it takes to part them again.
create table merges (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    -- conversation or customer.
    kind text not null,
    source_id uuid not null,
    target_id uuid not null,
    -- What moved, as ids, and what was before, as JSON.
    moved text not null,
    merged_by uuid not null,
    merged_at bigint not null,
    undone_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, merged_by) references memberships (workspace_id, id)
) {clustered};
create index merges_of_target on merges (workspace_id, target_id);

-- The conversation or customer that this one became part of.
alter table conversations add column merged_into uuid;
alter table customers add column merged_into uuid;
create index conversations_merged on conversations (workspace_id, merged_into) where merged_into is not null;
create index customers_merged on customers (workspace_id, merged_into) where merged_into is not null;
