-- When the first and the last value of each field was, so that every tier knows which of several subjects spoke last, and
-- over what time a counter grew. Null in rows of before.
do $$
declare
  tier text;
begin
  foreach tier in array array['rollup_1m', 'rollup_1h', 'rollup_1d', 'rollup_1mo'] loop
    execute format('alter table %I add first_times int8[], add last_times int8[]', tier);
    execute format('comment on column %I.firsts is %L', tier, 'value at the lowest time');
    execute format('comment on column %I.gains is %L', tier,
      'how much a counter, or what may be one, grew from first to last, a fall being a start from zero');
    execute format('comment on column %I.first_times is %L', tier,
      'time of the first value, epoch milliseconds; one element where it is the same of all fields');
    execute format('comment on column %I.last_times is %L', tier,
      'time of the last value, epoch milliseconds; one element where it is the same of all fields');
  end loop;
end $$;

-- Whole days only, also of what lies outside partitions: so it can be said up to where nothing is complete any more.
create or replace function drop_days(parent text, cutoff timestamptz) returns integer language plpgsql as $$
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
  execute format('delete from %I where time < $1', parent || '_default')
    using date_trunc('day', cutoff at time zone 'UTC') at time zone 'UTC';
  return dropped;
end $$;

-- What comes to be dropped before the next whole chunk or day goes: that far, and no further, are rows missing.
create function complete_since(parent text, cutoff timestamptz) returns timestamptz language plpgsql as $$
declare
  since timestamptz;
begin
  if (select relkind = 'p' from pg_class where oid = parent::regclass) then
    return date_trunc('day', cutoff at time zone 'UTC') at time zone 'UTC';
  end if;
  select max(range_end) into since from timescaledb_information.chunks
  where hypertable_schema = current_schema and hypertable_name = parent and range_end <= cutoff;
  return since;
end $$;
comment on function complete_since is 'what dropping up to cutoff leaves whole: it goes by chunks, or by days; null: all';
