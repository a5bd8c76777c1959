-- The billing engine: when something is to be done next, numbers of invoices, and what waits for the next invoice.

-- When the next thing is to be done about a subscription; null while there is nothing.
alter table subscriptions add column due_at bigint;
create index subscriptions_due on subscriptions (due_at) where due_at is not null;
update subscriptions set due_at = period_end where provider_subscription is null and period_end > period_start;

-- Purchases that nobody paid for in time.
create index checkouts_expiring on checkouts (expires_at) where state = 'open';
create index checkouts_invoice on checkouts (workspace_id, invoice_id) where invoice_id is not null;

-- The last number that was given to an invoice, and in which workspace: numbers of an instance have no gaps.
create table invoice_numbers (
    series text primary key,
    last bigint not null,
    last_workspace_id uuid
);
insert into invoice_numbers (series, last) values ('invoice', 0);

-- What was bought, in the words of the catalogue of that day.
alter table invoice_lines add column name text not null default '';

-- What the next invoice takes up: parts of a period that were used meanwhile, and credits.
create table pending_lines (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    item text not null,
    name text not null,
    kind text not null,
    quantity bigint not null,
    unit bigint not null,
    remaining bigint not null,
    period bigint not null,
    amount bigint not null,
    at bigint not null,
    primary key (workspace_id, id)
) {clustered};

-- What happened before there were bills changes none of them.
insert into reactor_cursors (workspace_id, reactor, seq) select workspace_id, 'billing', seq from workspace_heads;

-- 1 while the AI rests because its workspace does.
alter table agents add column rests bigint not null default 0;
