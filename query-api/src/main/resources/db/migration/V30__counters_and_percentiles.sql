-- What roll-ups keep of counters and of fields of which percentiles are wanted. Null where a row has neither, and in rows
-- of before.
do $$
declare
  tier text;
begin
  foreach tier in array array['rollup_1m', 'rollup_1h', 'rollup_1d', 'rollup_1mo'] loop
    execute format('alter table %I add firsts float8[], add gains float8[], add sketches bytea', tier);
    execute format('comment on column %I.firsts is %L', tier, 'value at the lowest time; of counters');
    execute format('comment on column %I.gains is %L', tier,
      'how much a counter grew from first to last, a fall being a start from zero');
    execute format('comment on column %I.sketches is %L', tier,
      'how values are distributed: RollupEntry.sketches of rollups.proto');
  end loop;
end $$;
