-- What there is to be changed, written by the service when it starts; what people changed of it stays in setting_change.
create table setting (
  name        varchar(64) primary key,
  position    integer     not null,
  unit        text        not null,
  min         float8      not null,
  max         float8      not null,
  configured  float8      not null,
  since       timestamptz not null,
  description text        not null
);
comment on table setting is 'every setting and what is configured; what holds is in p2p_monitor_settings';
comment on column setting.since is 'since when this is configured';

drop view p2p_monitor_settings;
create view p2p_monitor_settings as
  select s.position as setting_id, s.name as setting_name,
         coalesce(c.after, s.configured)::text as setting_value,
         case when c.after is null then greatest(s.since, c.at) else c.at end as updated_at,
         s.configured::text as setting_default, s.unit
  from setting s
  left join lateral (
    select case when n.after between s.min and s.max then n.after end as after, n.at
    from setting_change n where n.name = s.name order by n.version desc limit 1) c on true;
comment on view p2p_monitor_settings is 'every setting with the value that holds';
