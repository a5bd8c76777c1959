-- Where conversations go: rules in order, and a record of every decision that the house took by itself.

create table routing_rules (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    enabled bigint not null,
    position bigint not null,
    -- Ids and the house's own words as JSON; a condition on the customer holds what somebody wrote.
    conditions text not null,
    action text not null,
    version bigint not null,
    created_by uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};

-- Written once and never changed: what the rule was called then, who was considered, and who was passed over why.
create table assignment_decisions (
    workspace_id uuid not null references workspaces (workspace_id),
    conversation_id uuid not null,
    id uuid not null,
    at bigint not null,
    cause text not null,
    rule_id uuid,
    rule_name text,
    team_id uuid,
    strategy text not null,
    chosen uuid,
    considered text not null,
    primary key (workspace_id, conversation_id, id),
    foreign key (workspace_id, conversation_id) references conversations (workspace_id, id),
    foreign key (workspace_id, team_id) references teams (workspace_id, id)
) {clustered};

-- Since when a conversation waits in its queue, and for whom it waits there when a rule named somebody who could not
-- take it.
alter table conversations add column queued_at bigint;
alter table conversations add column queued_for uuid;
update conversations set queued_at = created_at where assignee_id is null;
create index conversations_queue on conversations (workspace_id, team_id, queued_at, id)
    where status = 'open' and assignee_id is null;
