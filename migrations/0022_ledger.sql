-- Credits are granted by the month, however the plan is paid: the month that the pool is in. The end is null where nothing
-- has to happen then.
alter table credit_accounts add column month_start bigint not null default 0;
alter table credit_accounts add column month_end bigint;
-- The balances at or below which is warned, as a list in JSON.
alter table credit_accounts add column thresholds text not null default '[]';
create index credit_accounts_due on credit_accounts (month_end) where month_end is not null;

-- What credits are kept for, in which month, and how many of them were spent in the end.
alter table credit_reservations add column subject_kind text;
alter table credit_reservations add column subject_id uuid;
alter table credit_reservations add column month_start bigint not null default 0;
alter table credit_reservations add column spent bigint not null default 0;
create index credit_reservations_of_workspace on credit_reservations (workspace_id, subject_id) where state = 'open';
