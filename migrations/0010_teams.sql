-- Routing teams: who answers together, in which order, and how much each takes.

create table teams (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    name_folded text not null,
    strategy text not null,
    -- Where the round stands: the member who was chosen last.
    cursor_member uuid,
    -- What becomes of conversations whose member goes away.
    requeue_on text not null,
    requeue_after_minutes bigint not null,
    -- How much each takes at once unless it says otherwise; null is any number.
    capacity bigint,
    -- When it takes work: in the workspace's hours, in its members' shifts, or always.
    hours text not null,
    archived_at bigint,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index teams_name on teams (workspace_id, name_folded) where archived_at is null;

create table team_members (
    workspace_id uuid not null references workspaces (workspace_id),
    team_id uuid not null,
    member_id uuid not null,
    position bigint not null,
    capacity bigint,
    last_assigned_at bigint,
    joined_at bigint not null,
    primary key (workspace_id, team_id, member_id),
    foreign key (workspace_id, team_id) references teams (workspace_id, id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};
create index team_members_of_member on team_members (workspace_id, member_id);

-- The teams of a member as ids with commas, kept beside team_members so that entering the workspace takes one query.
alter table memberships add column teams text not null default '';
-- The labels of a conversation as ids with commas, kept beside their links so that a list reads no further table.
alter table conversations add column label_ids text not null default '';

create index conversations_of_team on conversations (workspace_id, team_id, status, last_activity_at, id);
