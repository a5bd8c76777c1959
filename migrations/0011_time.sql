-- When people work: the workspace's hours, shifts, who is away; and what they have to do by when.

-- The zone and the weekly hours; a workspace without a row is in UTC and always open.
create table business_hours (
    workspace_id uuid not null references workspaces (workspace_id),
    timezone text not null,
    weekly text not null,
    primary key (workspace_id)
) {clustered};

create table holidays (
    workspace_id uuid not null references workspaces (workspace_id),
    day text not null,
    name text not null,
    primary key (workspace_id, day)
) {clustered};

-- What a workspace decides otherwise than its policy pack.
create table inbox_settings (
    workspace_id uuid not null references workspaces (workspace_id),
    overrides text not null,
    primary key (workspace_id)
) {clustered};

-- Who said last that they are here or away; without a row somebody is available. After `until` the opposite holds.
create table availability (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    status text not null,
    since bigint not null,
    until bigint,
    primary key (workspace_id, member_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};

-- Weekly, by the clock of the workspace's zone; without a team it counts for all of the member's teams.
create table shifts (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    member_id uuid not null,
    team_id uuid,
    days text not null,
    from_minute bigint not null,
    to_minute bigint not null,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id),
    foreign key (workspace_id, team_id) references teams (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create index shifts_of_member on shifts (workspace_id, member_id);

create table tasks (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    title text not null,
    body text not null,
    status text not null,
    assignee_id uuid,
    -- Its assignee went, and nobody has it now.
    needs_assignee bigint not null,
    due_at bigint,
    remind_at bigint,
    conversation_id uuid,
    customer_id uuid,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    done_at bigint,
    -- Deleted ones stay as long as that can be undone.
    deleted_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, assignee_id) references memberships (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id),
    foreign key (workspace_id, customer_id) references customers (workspace_id, id)
) {clustered};
create index tasks_by_due on tasks (workspace_id, status, due_at, id);
create index tasks_of_assignee on tasks (workspace_id, assignee_id, status);

create table task_comments (
    workspace_id uuid not null references workspaces (workspace_id),
    task_id uuid not null,
    id uuid not null,
    author_id uuid not null,
    text text not null,
    created_at bigint not null,
    primary key (workspace_id, task_id, id),
    foreign key (workspace_id, task_id) references tasks (workspace_id, id),
    foreign key (workspace_id, author_id) references memberships (workspace_id, id)
) {clustered};
