-- Notes on customers call people, carry files and are found like those of a conversation; what old news is, is known by
-- its age.

alter table attachments add column customer_note_id uuid;
create index attachments_of_customer_note on attachments (workspace_id, customer_note_id)
    where customer_note_id is not null;

-- Whom a note on a customer calls: a member or a team.
create table customer_note_mentions (
    workspace_id uuid not null references workspaces (workspace_id),
    note_id uuid not null,
    target_id uuid not null,
    kind text not null,
    primary key (workspace_id, note_id, target_id),
    foreign key (workspace_id, note_id) references customer_notes (workspace_id, id)
) {clustered};

alter table search_entries add column note_id uuid;
create index search_entries_of_customer_note on search_entries (workspace_id, note_id) where kind = 'customer_note';

-- A customer's page shows what was noted in their conversations.
create index messages_internal on messages (workspace_id, conversation_id, sent_at, id) where direction = 'internal';

-- The note on a customer that news is about.
alter table notifications add column note_id uuid;
create index notifications_by_age on notifications (at);

-- What the AI has in hand is counted beside its view.
create index conversations_ai on conversations (workspace_id, last_activity_at, id)
    where status = 'open' and mode = 'ai';
