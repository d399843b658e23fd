-- Hosts whose clock is or was wrong, and what was done about it. Written in the transaction that stores the samples.
create table host_clock (
  host          text        primary key,
  correction_ms bigint      not null,
  since         timestamptz not null,
  jumps         bigint      not null
);
comment on table host_clock is 'what is added to the times of a host; no row: its clock was never wrong';
create index host_clock_wrong on host_clock (host) where correction_ms <> 0;

create table clock_jump (
  host      text        not null,
  slot      integer     not null,
  at        timestamptz not null,
  before_ms bigint      not null,
  after_ms  bigint      not null,
  primary key (host, slot)
);
comment on table clock_jump is 'the newest changes of the correction, in a ring for each host';

create table clock_day (
  host     text   not null,
  day      date   not null,
  samples  bigint not null,
  least_ms bigint not null,
  most_ms  bigint not null,
  ahead_ms bigint not null,
  jumps    bigint not null,
  primary key (host, day)
);
comment on table clock_day is 'samples that were corrected, by the UTC day of receipt; ahead_ms: how far the furthest of them then was ahead of their receipt';

create index ledger_day_day on ledger_day (day); -- never updated, so updates stay in place
