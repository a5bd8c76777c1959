-- What can be found, newest last. `terms` is folded by the program and starts with the workspace's own term, so that
-- one workspace's words cost another nothing.
create table search_entries (
    entry integer primary key,
    workspace_id uuid not null references workspaces (workspace_id),
    kind text not null,
    customer_id uuid not null,
    conversation_id uuid,
    message_seq bigint,
    at bigint not null
);
create index search_entries_of_customer on search_entries (workspace_id, customer_id) where kind = 'customer';
create virtual table search_terms using fts5 (
    terms, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);
