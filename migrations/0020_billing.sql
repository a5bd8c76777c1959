-- What a workspace may use and uses, under which plan, what it has paid, and its credits.
-- Money is in minor units of the row's currency; quantities, seconds and credits are whole numbers.

-- Catalogues that the operator loaded. A version never changes once it is here; the shipped ones are in the program.
create table plan_catalogues (
    id text not null,
    version bigint not null,
    text text not null,
    loaded_at bigint not null,
    primary key (id, version)
);

-- How much of what is counted a workspace holds: seats, businesses. It grows only below the cap, in the transaction of
-- what grows (INV-15); over the cap only when the cap came down, since when is then told (INV-17).
create table meters (
    workspace_id uuid not null references workspaces (workspace_id),
    meter text not null,
    used bigint not null check (used >= 0),
    cap bigint,
    over_since bigint,
    primary key (workspace_id, meter),
    check (cap is null or used <= cap or over_since is not null)
) {clustered};

-- 1 while a waiting invitation holds a seat; when its time is over the next who needs one lets it go.
alter table invitations add column holds_seat bigint not null default 0;
create index invitations_holding on invitations (workspace_id, expires_at) where holds_seat = 1;
-- When a seat was taken away because there were more than the plan has; they come back in the order of joining.
alter table memberships add column suspended_at bigint;

create table subscriptions (
    workspace_id uuid primary key references workspaces (workspace_id),
    catalogue text not null,
    catalogue_version bigint not null,
    plan text not null,
    billing_interval text not null,
    state text not null,
    -- Anchors the periods: months are counted from here, so that a short month shortens no later one.
    anchor bigint not null,
    period_start bigint not null,
    period_end bigint not null,
    trial_ends_at bigint,
    cancel_at_period_end bigint not null,
    next_plan text,
    next_interval text,
    past_due_since bigint,
    attempts bigint not null,
    next_attempt_at bigint,
    -- When the workspace was last reminded, and of what, so that nobody is reminded twice.
    reminded text,
    till text not null,
    provider_customer text,
    provider_subscription text unique,
    provider_version bigint not null default 0,
    payment_brand text,
    payment_last4 text,
    payment_exp_month bigint,
    payment_exp_year bigint,
    payer uuid,
    version bigint not null,
    created_at bigint not null
);

-- What is paid beside the plan itself, in every period: extra seats, slots, contract prices.
create table subscription_items (
    workspace_id uuid not null references workspaces (workspace_id),
    item text not null,
    quantity bigint not null check (quantity >= 0),
    -- Of one, for a month; the plan's own stands here too where the operator set it for this workspace alone.
    unit_monthly bigint not null,
    -- What the quantity becomes when the period ends: removals wait for that (E6).
    next_quantity bigint,
    provider_item text,
    primary key (workspace_id, item)
) {clustered};

create table checkouts (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    kind text not null,
    plan text,
    billing_interval text,
    addon text,
    quantity bigint not null check (quantity > 0),
    amount bigint not null,
    currency text not null,
    state text not null,
    till text not null,
    provider_id text,
    url text,
    invoice_id uuid,
    created_by uuid not null,
    created_at bigint not null,
    expires_at bigint not null,
    settled_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};
create unique index checkouts_provider on checkouts (provider_id) where provider_id is not null;
create unique index checkouts_open_plan on checkouts (workspace_id) where kind = 'plan' and state in ('opening', 'open');

-- Invoices outlive their workspace (INV-06): they name it and point to no row of it.
create table invoices (
    workspace_id uuid not null,
    id uuid not null,
    number text not null,
    provider_id text,
    workspace_name text not null,
    state text not null,
    reason text not null,
    currency text not null,
    total bigint not null,
    period_start bigint not null,
    period_end bigint not null,
    issued_at bigint not null,
    due_at bigint not null,
    paid_at bigint,
    hosted_url text,
    primary key (workspace_id, id)
) {clustered};
create unique index invoices_provider on invoices (provider_id) where provider_id is not null;
create unique index invoices_number on invoices (number);

create table invoice_lines (
    workspace_id uuid not null,
    invoice_id uuid not null,
    position bigint not null,
    item text not null,
    kind text not null,
    quantity bigint not null,
    unit bigint not null,
    -- The inputs of the proration formula, in seconds (INV-34); both 0 where nothing was prorated.
    remaining bigint not null,
    period bigint not null,
    amount bigint not null,
    primary key (workspace_id, invoice_id, position),
    foreign key (workspace_id, invoice_id) references invoices (workspace_id, id)
) {clustered};

-- What the payment provider told, by its own id: each is applied once (INV-33). Of the instance, because it comes
-- before anybody knows whose it is.
create table provider_events (
    id text primary key,
    kind text not null,
    object_id text not null,
    workspace_id uuid,
    created_at bigint not null,
    received_at bigint not null,
    settled_at bigint,
    outcome text
);
create index provider_events_unsettled on provider_events (received_at) where settled_at is null;

-- What is counted from the beginning of a period to its end: messages, texts.
create table usage_counters (
    workspace_id uuid not null references workspaces (workspace_id),
    meter text not null,
    period_start bigint not null,
    used bigint not null,
    -- The highest share in percent that was warned of.
    warned bigint not null,
    primary key (workspace_id, meter, period_start)
) {clustered};

-- The pool of a workspace: what its entries add up to, kept beside them so that nobody overspends (INV-30, INV-31).
create table credit_accounts (
    workspace_id uuid primary key references workspaces (workspace_id),
    -- Left of the period's grant and of what was bought; spent in this order.
    granted bigint not null check (granted >= 0),
    purchased bigint not null,
    reserved bigint not null check (reserved >= 0),
    entries bigint not null,
    -- 1 where nothing is counted against the pool.
    unlimited bigint not null,
    grant_size bigint not null,
    -- The lowest threshold that was told, in credits; null after it rose above all of them.
    warned bigint,
    check (unlimited = 1 or purchased < 0 or granted + purchased >= reserved)
);

-- Written once and never changed. `seq` has no gaps.
create table credit_entries (
    workspace_id uuid not null references workspaces (workspace_id),
    seq bigint not null,
    at bigint not null,
    kind text not null,
    amount bigint not null,
    -- Of the amount, what came from or went to the grant; the rest is what was bought.
    of_grant bigint not null,
    balance bigint not null,
    member_id uuid,
    actor_kind text not null,
    actor_id uuid,
    cause text not null,
    subject_kind text,
    subject_id uuid,
    key text not null,
    primary key (workspace_id, seq)
) {clustered};
create unique index credit_entries_key on credit_entries (workspace_id, key);
create index credit_entries_member on credit_entries (workspace_id, member_id, seq);

create table credit_reservations (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    key text not null,
    amount bigint not null check (amount > 0),
    member_id uuid,
    cause text not null,
    state text not null,
    created_at bigint not null,
    expires_at bigint not null,
    settled_at bigint,
    primary key (workspace_id, id)
) {clustered};
create unique index credit_reservations_key on credit_reservations (workspace_id, key);
create index credit_reservations_open on credit_reservations (expires_at) where state = 'open';

-- What a member has consumed in a period, against what they may.
create table credit_caps (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    monthly bigint not null check (monthly >= 0),
    primary key (workspace_id, member_id),
    foreign key (workspace_id, member_id) references memberships (workspace_id, id)
) {clustered};
create table credit_consumption (
    workspace_id uuid not null references workspaces (workspace_id),
    member_id uuid not null,
    period_start bigint not null,
    consumed bigint not null,
    reserved bigint not null check (reserved >= 0),
    primary key (workspace_id, member_id, period_start)
) {clustered};

-- What workspaces ask the operator for.
create table operator_requests (
    workspace_id uuid not null references workspaces (workspace_id),
    id uuid not null,
    kind text not null,
    text text not null,
    state text not null,
    answer text not null,
    created_by uuid not null,
    created_at bigint not null,
    decided_at bigint,
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references memberships (workspace_id, id)
) {clustered};

-- Workspaces from before stand on the catalogue that limits nothing.
update invitations set holds_seat = 1 where status = 'pending';
insert into meters (workspace_id, meter, used)
select w.workspace_id, 'full_seats',
    (select count(*) from memberships m
     where m.workspace_id = w.workspace_id and m.seat_type = 'full' and m.status = 'active')
    + (select count(*) from invitations i
       where i.workspace_id = w.workspace_id and i.seat_type = 'full' and i.status = 'pending')
from workspaces w;
insert into meters (workspace_id, meter, used)
select w.workspace_id, 'collaborator_seats',
    (select count(*) from memberships m
     where m.workspace_id = w.workspace_id and m.seat_type = 'collaborator' and m.status = 'active')
    + (select count(*) from invitations i
       where i.workspace_id = w.workspace_id and i.seat_type = 'collaborator' and i.status = 'pending')
from workspaces w;
insert into meters (workspace_id, meter, used)
select w.workspace_id, 'businesses', (select count(*) from businesses b where b.workspace_id = w.workspace_id)
from workspaces w;
insert into subscriptions (workspace_id, catalogue, catalogue_version, plan, billing_interval, state, anchor,
    period_start, period_end, cancel_at_period_end, attempts, till, version, created_at)
select workspace_id, 'default', 1, 'community', 'month', 'active', created_at, created_at, created_at, 0, 0, 'none', 1,
    created_at
from workspaces;
insert into credit_accounts (workspace_id, granted, purchased, reserved, entries, unlimited, grant_size)
select workspace_id, 0, 0, 0, 0, 1, 0 from workspaces;
