-- Businesses and invitations of a workspace.

create table businesses (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    name text not null,
    is_default bigint not null,
    created_by uuid not null,
    steward uuid not null,
    created_at bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id),
    foreign key (workspace_id, steward) references memberships (workspace_id, id)
) {clustered};
create unique index businesses_default on businesses (workspace_id) where is_default = 1;

create table invitations (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    email text not null,
    role_key text not null,
    seat_type text not null,
    token_hash bytea not null unique,
    status text not null,
    invited_by uuid not null,
    created_at bigint not null,
    sent_at bigint not null,
    expires_at bigint not null,
    accepted_by uuid,
    primary key (workspace_id, id),
    foreign key (workspace_id, invited_by) references memberships (workspace_id, id)
) {clustered};
create unique index invitations_pending on invitations (workspace_id, email) where status = 'pending';
