-- Who invoices are from: of the instance, and as each was issued with.

-- Empty until the operator says it.
create table sellers (
    series text primary key,
    name text not null,
    details text not null
) {clustered};
insert into sellers (series, name, details) values ('invoice', '', '');

-- Those from before name nobody.
alter table invoices add column seller_name text not null default '';
alter table invoices add column seller_details text not null default '';
