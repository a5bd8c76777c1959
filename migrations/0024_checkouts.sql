-- Purchases on a provider's own page.

-- One page at a time for each add-on; for the plan there is one already.
create unique index checkouts_open_addon on checkouts (workspace_id, addon)
    where kind <> 'plan' and till = 'stripe' and state in ('opening', 'open');
-- How often opening the page failed: each further try has a key of its own at the provider.
alter table checkouts add column attempts bigint not null default 0;
-- Of one, and the inputs of the formula in seconds (INV-34); these are 0 where nothing was prorated.
alter table checkouts add column unit bigint not null default 0;
alter table checkouts add column remaining bigint not null default 0;
alter table checkouts add column period bigint not null default 0;
-- The provider's payment, and how many of the credits it brought were taken back with it.
alter table checkouts add column payment_id text;
alter table checkouts add column taken_back bigint not null default 0;
