-- Who runs the instance: accounts that decide about plans, invoices and requests of every workspace.

create table operators (
    account_id uuid primary key references accounts (id),
    granted_at bigint not null
) {clustered};

-- The operator's lists go over all workspaces.
create index workspaces_by_age on workspaces (created_at, workspace_id);
create index invoices_by_state on invoices (state, issued_at, id);
create index operator_requests_by_state on operator_requests (state, created_at, id);
create index provider_events_unmatched on provider_events (received_at) where outcome in ('gone', 'erased');
create index checkouts_by_state on checkouts (state, created_at, id);
