-- Last known state of each alert episode. body is the alert as alerts.events carries it.
create table alert (
  id         text primary key,
  rule_id    text        not null,
  host       text        not null,
  kind       text        not null,
  status     text        not null,
  severity   text        not null,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  sequence   bigint      not null,
  told       boolean     not null,
  body       jsonb       not null
);
comment on column alert.told is 'false while pending, and for ever where it ended before it fired: nobody was told of it';
create index alert_started on alert (started_at desc);
create index alert_host on alert (host, started_at desc);
create index alert_rule on alert (rule_id, started_at desc);

create table alert_event (
  id         text primary key,
  alert_id   text        not null,
  sequence   bigint      not null,
  transition text        not null,
  time       timestamptz not null,
  reason     text,
  body       jsonb       not null
);
create index alert_event_alert on alert_event (alert_id, sequence);
create index alert_event_time on alert_event (time);

create table delivery (
  id              text primary key,
  channel_id      text        not null,
  type            text        not null,
  status          text        not null,
  attempts        integer     not null,
  at              timestamptz not null,
  cause           text,
  detail          text,
  next_attempt_at timestamptz,
  alert_ids       text[]      not null
);
create index delivery_at on delivery (at desc);
create index delivery_channel on delivery (channel_id, at desc);
create index delivery_alerts on delivery using gin (alert_ids);

-- Hosts that were given a token here. Hosts known by their metrics only are not in this table.
create table registered_host (
  host       text primary key,
  labels     jsonb       not null,
  created_at timestamptz not null,
  created_by text        not null
);

create table users (
  username      text primary key,
  role          text        not null,
  password_hash text        not null,
  disabled      boolean     not null default false,
  created_at    timestamptz not null,
  changed_at    timestamptz not null
);

create table audit (
  id     bigint generated always as identity primary key,
  at     timestamptz not null,
  who    text        not null,
  role   text        not null,
  action text        not null,
  object text        not null,
  before jsonb,
  after  jsonb
);
create index audit_at on audit (at desc);
create index audit_who on audit (who, at desc);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed';
end $$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();

-- Things that are done once in the life of a database.
create table done_once (
  what text primary key,
  at   timestamptz not null
);
