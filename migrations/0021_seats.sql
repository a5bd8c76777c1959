-- What helps whoever finds a meter full, as words between spaces: buy, upgrade, contact.
alter table meters add column remedies text not null default '';

create index meters_over on meters (over_since) where over_since is not null;
create index memberships_suspended on memberships (workspace_id, joined_at, id) where status = 'suspended_over_limit';
create index invitations_lapsing on invitations (expires_at) where holds_seat = 1;
