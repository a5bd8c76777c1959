-- Who is not at their desk: when a member last touched anything here, and whether it was they who said where they are.

-- Without it, their last request stands for it.
alter table memberships add column last_input_at bigint;

-- `said` by a person, or `idle`: the house set them away.
alter table availability add column cause text not null default 'said';
