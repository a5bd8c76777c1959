-- How many conversations stand where, by team as well: whoever works in a team sees its queue.
alter table conversation_counts rename to former_conversation_counts;
create table conversation_counts (
    workspace_id uuid not null references workspaces (workspace_id),
    status text not null,
    assignee_key uuid not null,
    team_key uuid not null,
    n bigint not null,
    primary key (workspace_id, status, assignee_key, team_key)
) {clustered};
insert into conversation_counts (workspace_id, status, assignee_key, team_key, n)
    select workspace_id, status, assignee_key, x'00000000000000000000000000000000', n from former_conversation_counts;
drop table former_conversation_counts;
