-- Whom invoices are for: of the workspace, and as each was issued with.

create table buyers (
    workspace_id uuid primary key references workspaces (workspace_id),
    name text not null,
    details text not null
) {clustered};

-- Those from before name the workspace alone.
alter table invoices add column buyer_name text not null default '';
alter table invoices add column buyer_details text not null default '';
