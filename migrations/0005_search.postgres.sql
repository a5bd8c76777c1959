-- What can be found, newest last. `terms` is folded by the program, so the index takes the words as they are.
create table search_entries (
    entry bigint generated always as identity primary key,
    workspace_id uuid not null references workspaces (workspace_id),
    kind text not null,
    customer_id uuid not null,
    conversation_id uuid,
    message_seq bigint,
    at bigint not null,
    terms tsvector not null
);
create index search_entries_of_customer on search_entries (workspace_id, customer_id) where kind = 'customer';
create index search_entries_terms on search_entries using gin (terms);
