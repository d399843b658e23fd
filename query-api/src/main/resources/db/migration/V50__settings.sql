-- What people changed of the configuration, one row for each setting of a change; the newest row of a name holds. All
-- settings together have one version, which a change raises by one. after is null where the configured value holds again.
create table setting_change (
  version bigint      not null,
  name    varchar(64) not null,
  before  float8      not null,
  after   float8,
  at      timestamptz not null,
  who     text        not null,
  role    text        not null,
  primary key (version, name)
);
create index setting_change_name on setting_change (name, version desc);
create trigger setting_change_append_only before update or delete or truncate on setting_change
  for each statement execute function audit_is_append_only();
comment on column setting_change.before is 'what held before, the configured value included';

create view p2p_monitor_settings as
  select setting_id, name as setting_name, after::text as setting_value, at as updated_at
  from (select distinct on (name) version * 1000 + row_number() over (partition by version order by name) as setting_id,
               name, after, at
        from setting_change order by name, version desc) newest
  where after is not null;
comment on view p2p_monitor_settings is
  'settings that differ from the configuration; all of them, with units, are at GET /api/v1/settings';

-- Retention dropped everything of a tier before this, so that longer retention does not promise what is gone.
create table tier_floor (
  tier           text        primary key,
  dropped_before timestamptz not null
);
