-- What happened on hosts, as network.events tells it. The id is the event's identity, so what is sent again is there once.
create table network_event (
  id          text primary key,
  host        text        not null,
  type        text        not null,
  time        timestamptz not null,
  received_at timestamptz not null,
  peer        text,
  before      text,
  after       text,
  detail      jsonb       not null
);
comment on column network_event.time is 'when it happened, corrected for the error of the host''s clock';
create index network_event_time on network_event (time desc, id);
create index network_event_host on network_event (host, time desc);
create index network_event_type on network_event (type, time desc);
