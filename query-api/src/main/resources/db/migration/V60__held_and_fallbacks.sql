-- What a channel was not sent at once, and why; what holds for all channels alike is known from alert_event.
create table held (
  event_id   text        not null,
  channel_id text        not null,
  alert_id   text        not null,
  reason     text        not null,
  at         timestamptz not null,
  primary key (event_id, channel_id)
);
create index held_alert on held (alert_id);
create index held_at on held (at);

alter table delivery add column failures integer not null default 0;
alter table delivery add column fallback text;
comment on column delivery.failures is 'of the channel in a row, with this one';
