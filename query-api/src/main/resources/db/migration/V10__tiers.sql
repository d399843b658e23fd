-- Longer tiers: an hour is made of its minutes, a day of its hours, a month of its days. All times are UTC.
do $$
declare
  plain boolean := (select relkind = 'p' from pg_class where oid = 'rollup_1m'::regclass);
  tier  text;
begin
  foreach tier in array array['rollup_1h', 'rollup_1d', 'rollup_1mo'] loop
    execute format('
      create table %I (
        time       timestamptz not null,
        subject_id bigint      not null,
        shape_id   integer     not null,
        counts     int8[]      not null,
        sums       float8[]    not null,
        mins       float8[]    not null,
        maxs       float8[]    not null,
        lasts      float8[]    not null,
        primary key (subject_id, time)
      )', tier) || case when plain and tier = 'rollup_1h' then ' partition by range (time)' else '' end;
  end loop;
  if plain then
    create table rollup_1h_default partition of rollup_1h default;
  else
    perform create_hypertable('rollup_1h', 'time',
      chunk_time_interval => interval '7 days', create_default_indexes => false);
    perform create_hypertable('rollup_1d', 'time',
      chunk_time_interval => interval '90 days', create_default_indexes => false);
  end if;
end $$;
comment on table rollup_1h is 'what the minutes of a subject add up to in the hour that starts at time';
comment on table rollup_1d is 'what the hours of a subject add up to in the day that starts at time';
comment on table rollup_1mo is 'what the days of a subject add up to in the month that starts at time';

-- Up to where each tier has been called for. Whoever changes a shorter tier before that time leaves word in tier_work,
-- holding the tier's advisory lock in share mode; whoever moves done_until holds it alone. So no change slips through.
create table tier_progress (
  tier       text        primary key,
  done_until timestamptz not null
);

-- Buckets to be made, or made again. Subject 0 stands for all of them.
create table tier_work (
  tier       text        not null,
  start      timestamptz not null,
  subject_id bigint      not null,
  version    integer     not null default 0,
  primary key (tier, start, subject_id)
);
comment on column tier_work.version is 'rises when more of the bucket changes while it is being made';

-- Up to where each tier can be read: nothing before it is missing, though late data may still be on its way into it.
create view tier_reach as
  select p.tier, coalesce(min(w.start), p.done_until) as readable_until
  from tier_progress p left join tier_work w on w.tier = p.tier and w.subject_id = 0
  group by p.tier, p.done_until;

create view sample_1h as
  select r.time, s.host, s.kind, s.labels, f.field,
         r.counts[f.idx] as count, r.sums[f.idx] as sum, r.sums[f.idx] / nullif(r.counts[f.idx], 0) as avg,
         r.mins[f.idx] as min, r.maxs[f.idx] as max, r.lasts[f.idx] as last
  from rollup_1h r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;

create view sample_1d as
  select r.time, s.host, s.kind, s.labels, f.field,
         r.counts[f.idx] as count, r.sums[f.idx] as sum, r.sums[f.idx] / nullif(r.counts[f.idx], 0) as avg,
         r.mins[f.idx] as min, r.maxs[f.idx] as max, r.lasts[f.idx] as last
  from rollup_1d r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;

create view sample_1mo as
  select r.time, s.host, s.kind, s.labels, f.field,
         r.counts[f.idx] as count, r.sums[f.idx] as sum, r.sums[f.idx] / nullif(r.counts[f.idx], 0) as avg,
         r.mins[f.idx] as min, r.maxs[f.idx] as max, r.lasts[f.idx] as last
  from rollup_1mo r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;
