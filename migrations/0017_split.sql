-- What a conversation's messages bring along when they become a conversation of their own.

-- A receipt names its message, wherever that stands by now.
alter table inbound_receipts rename to former_inbound_receipts;
create table inbound_receipts (
    workspace_id uuid not null references workspaces (workspace_id),
    channel_id uuid not null,
    external_id text not null,
    message_id uuid not null,
    primary key (workspace_id, channel_id, external_id),
    foreign key (workspace_id, message_id) references messages (workspace_id, id)
) {clustered};
insert into inbound_receipts (workspace_id, channel_id, external_id, message_id)
    select r.workspace_id, r.channel_id, r.external_id, m.id
    from former_inbound_receipts r
    join messages m on m.workspace_id = r.workspace_id and m.conversation_id = r.conversation_id and m.seq = r.seq;
drop table former_inbound_receipts;

-- Mentions and hand-overs move with their note.
alter table mentions rename to former_mentions;
create table mentions (
    workspace_id uuid not null references workspaces (workspace_id),
    target_id uuid not null,
    conversation_id uuid not null,
    seq bigint not null,
    kind text not null,
    primary key (workspace_id, target_id, conversation_id, seq),
    foreign key (workspace_id, conversation_id, seq) references messages (workspace_id, conversation_id, seq)
        on update cascade
) {clustered};
insert into mentions (workspace_id, target_id, conversation_id, seq, kind)
    select workspace_id, target_id, conversation_id, seq, kind from former_mentions;
drop table former_mentions;
create index mentions_of_note on mentions (workspace_id, conversation_id, seq);

alter table handovers rename to former_handovers;
create table handovers (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    conversation_id uuid not null,
    -- Its note.
    seq bigint not null,
    from_member uuid not null,
    to_member uuid,
    to_team uuid,
    state text not null,
    reason text,
    created_at bigint not null,
    expires_at bigint not null,
    answered_at bigint,
    answered_by uuid,
    primary key (workspace_id, id),
    foreign key (workspace_id, conversation_id, seq) references messages (workspace_id, conversation_id, seq)
        on update cascade,
    foreign key (workspace_id, from_member) references memberships (workspace_id, id),
    foreign key (workspace_id, to_member) references memberships (workspace_id, id)
) {clustered};
insert into handovers (workspace_id, id, conversation_id, seq, from_member, to_member, to_team, state, reason,
        created_at, expires_at, answered_at, answered_by)
    select workspace_id, id, conversation_id, seq, from_member, to_member, to_team, state, reason,
        created_at, expires_at, answered_at, answered_by
    from former_handovers;
drop table former_handovers;
create unique index handovers_open on handovers (workspace_id, conversation_id) where state = 'open';
create index handovers_of_note on handovers (workspace_id, conversation_id, seq);

drop index search_entries_of_note;
create index search_entries_of_conversation on search_entries (workspace_id, conversation_id, message_seq)
    where conversation_id is not null;
