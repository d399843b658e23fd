-- Where every sample went. Written in the transaction that stores the samples.
create table ledger_day (
  host        text   not null,
  day         date   not null,
  accepted    bigint not null,
  rejected    bigint not null,
  stored      bigint not null,
  duplicate   bigint not null,
  late        bigint not null,
  quarantined bigint not null,
  primary key (host, day)
) with (fillfactor = 50); -- rows change often and no index with them
comment on table ledger_day is 'accepted = stored + duplicate + late + quarantined, by the UTC day of receipt';

create table receipt_note (
  partition     integer     not null,
  record_offset bigint      not null,
  at            timestamptz not null,
  duplicate     bigint      not null,
  late          bigint      not null,
  quarantined   bigint      not null,
  primary key (partition, record_offset)
);
comment on table receipt_note is 'records of metrics.points that were not simply stored; no note below the position means stored';
create index receipt_note_at on receipt_note (at);

create table quarantine (
  topic         text        not null,
  partition     integer     not null,
  record_offset bigint      not null,
  number        integer     not null,
  at            timestamptz not null,
  host          text        not null,
  receipt       text        not null,
  kind          text        not null,
  name          text        not null,
  value         text,
  host_time     bigint,
  code          text        not null,
  detail        text        not null,
  count         integer     not null,
  primary key (topic, partition, record_offset, number)
);
comment on table quarantine is 'samples that were refused, the first of each request; a row without a name stands for count more';
create index quarantine_host on quarantine (host, at desc);
create index quarantine_at on quarantine (at desc);
