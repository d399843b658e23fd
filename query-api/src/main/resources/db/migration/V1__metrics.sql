-- One schema for three flavours. TimescaleDB is used where it is loaded, unless the database says otherwise
-- (alter database … set peerscope.flavour = 'plain'); without it the same tables are partitioned by day.
do $$
begin
  if current_setting('peerscope.flavour', true) is distinct from 'plain'
     and current_setting('shared_preload_libraries') like '%timescaledb%'
     and not exists (select from pg_extension where extname = 'timescaledb') then
    create extension timescaledb;
  end if;
exception when others then
  raise notice 'TimescaleDB cannot be used (%), tables are partitioned by day', sqlerrm;
end $$;

create table subject (
  id        bigint generated always as identity primary key,
  host      text  not null,
  kind      text  not null,
  labels    jsonb not null,
  canonical text  not null unique
);
comment on table subject is 'who or what is measured; canonical is its one-line identity';
create index subject_host on subject (host, kind);
create index subject_kind on subject (kind);
create index subject_labels on subject using gin (labels jsonb_path_ops);

create table shape (
  id     integer generated always as identity primary key,
  fields text[] not null unique
);
comment on table shape is 'ordered field names: the header of a row of values';

create table shape_field (
  shape_id integer  not null references shape,
  field    text     not null,
  idx      smallint not null,
  primary key (shape_id, field)
);
comment on column shape_field.idx is 'position in the value arrays, from 1';

create table topic_position (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
);
comment on table topic_position is 'how far each topic is stored; changes in the same transaction as the rows';

do $$
declare
  timescale boolean := current_setting('peerscope.flavour', true) is distinct from 'plain'
    and exists (select from pg_extension where extname = 'timescaledb');
  tail text := case when timescale then '' else ' partition by range (time)' end;
begin
  execute '
    create table raw_point (
      time       timestamptz not null,
      subject_id bigint      not null,
      shape_id   integer     not null,
      values     float8[]    not null,
      states     jsonb,
      primary key (subject_id, time)
    )' || tail;
  execute '
    create table rollup_1m (
      time       timestamptz not null,
      subject_id bigint      not null,
      shape_id   integer     not null,
      counts     int8[]      not null,
      sums       float8[]    not null,
      mins       float8[]    not null,
      maxs       float8[]    not null,
      lasts      float8[]    not null,
      primary key (subject_id, time)
    )' || tail;
  if timescale then
    perform create_hypertable('raw_point', 'time',
      chunk_time_interval => interval '4 hours', create_default_indexes => false);
    perform create_hypertable('rollup_1m', 'time',
      chunk_time_interval => interval '1 day', create_default_indexes => false);
  else
    create table raw_point_default partition of raw_point default;
    create table rollup_1m_default partition of rollup_1m default;
  end if;
end $$;
comment on table raw_point is 'one row per point: all fields of a subject at an instant';
comment on table rollup_1m is 'what the points of a subject add up to in the minute that starts at time';

-- Windows that were closed when another point for them came, waiting to be computed again from raw_point.
create table late_window (
  subject_id    bigint      not null,
  start         timestamptz not null,
  partition     integer     not null,
  source_offset bigint      not null,
  primary key (subject_id, start)
);

-- Plain flavour only. Rows that came before their partition wait in the default one and move.
create function ensure_day(parent text, day date) returns void language plpgsql as $$
declare
  child text := format('%s_p%s', parent, to_char(day, 'YYYYMMDD'));
  lower timestamptz := day::timestamp at time zone 'UTC';
  upper timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  if to_regclass(child) is not null then
    return;
  end if;
  execute format('lock table %I in share row exclusive mode', parent);
  execute format('create table %I (like %I including defaults)', child, parent);
  execute format('with moved as (delete from %I where time >= $1 and time < $2 returning *)
                  insert into %I select * from moved', parent || '_default', child) using lower, upper;
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child, lower, upper);
end $$;

create function drop_days(parent text, cutoff timestamptz) returns integer language plpgsql as $$
declare
  child text;
  dropped integer := 0;
begin
  for child in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent::regclass and c.relname ~ (parent || '_p[0-9]{8}$')
      and (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= cutoff
  loop
    execute format('drop table %I', child);
    dropped := dropped + 1;
  end loop;
  execute format('delete from %I where time < $1', parent || '_default') using cutoff;
  return dropped;
end $$;

-- For Grafana and people: one row per sample.
create view sample as
  select r.time, s.host, s.kind, s.labels, f.field, r.values[f.idx] as value
  from raw_point r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;

create view sample_1m as
  select r.time, s.host, s.kind, s.labels, f.field,
         r.counts[f.idx] as count, r.sums[f.idx] as sum, r.sums[f.idx] / r.counts[f.idx] as avg,
         r.mins[f.idx] as min, r.maxs[f.idx] as max, r.lasts[f.idx] as last
  from rollup_1m r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;
