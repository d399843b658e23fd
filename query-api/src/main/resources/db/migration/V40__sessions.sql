-- Streaming peers as their makers' own tables had them: a session, and each measurement of its connections and streams.
-- Written from raw_point in the transaction that stores the points; kept longer than these.
create table p2p_analytics_aggregates (
  id              text primary key,
  session_id      text        not null,
  user_id         text        not null,
  network_metrics jsonb       not null,
  system_metrics  jsonb       not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null
) with (fillfactor = 50); -- rows change with every measurement
comment on column p2p_analytics_aggregates.user_id is 'who was named first; empty where nobody was';
comment on column p2p_analytics_aggregates.network_metrics is 'the newest measurement of any connection';
comment on column p2p_analytics_aggregates.system_metrics is 'the newest point of kind session';
comment on column p2p_analytics_aggregates.created_at is 'event time of the first measurement';
comment on column p2p_analytics_aggregates.updated_at is 'event time of the newest measurement';
create index idx_p2p_analytics_session_id on p2p_analytics_aggregates (session_id);
create index idx_p2p_analytics_user_id on p2p_analytics_aggregates (user_id);
create index idx_p2p_analytics_created_at on p2p_analytics_aggregates (created_at);
create index idx_p2p_analytics_updated_at on p2p_analytics_aggregates (updated_at);

create table p2p_connection_metrics (
  id                   text primary key,
  analytics_id         text        not null references p2p_analytics_aggregates (id) on delete cascade,
  connection_id        text        not null,
  session_id           text        not null,
  user_id              text        not null,
  peer_id              text        not null,
  connection_type      text,
  latency_ms           double precision,
  bandwidth_mbps       double precision,
  packet_loss_percent  double precision,
  jitter_ms            double precision,
  connection_quality   text,
  ice_connection_state text,
  dtls_transport_state text,
  host_id              text        not null,
  created_at           timestamptz not null,
  updated_at           timestamptz not null
);
comment on column p2p_connection_metrics.latency_ms is 'null where it was not measured, as every other number';
comment on column p2p_connection_metrics.created_at is 'event time of the measurement';
comment on column p2p_connection_metrics.updated_at is 'when it was sent again, else created_at';
create index p2p_connection_session on p2p_connection_metrics (analytics_id, created_at);
create index p2p_connection_user on p2p_connection_metrics (user_id, created_at);
create index p2p_connection_created on p2p_connection_metrics (created_at);

create table p2p_streaming_metrics (
  id                   text primary key,
  analytics_id         text        not null references p2p_analytics_aggregates (id) on delete cascade,
  stream_id            text        not null,
  content_id           text        not null,
  user_id              text        not null,
  quality_level        text,
  bitrate_kbps         double precision,
  frame_rate           double precision,
  resolution_width     bigint,
  resolution_height    bigint,
  buffer_level_seconds double precision,
  dropped_frames       bigint,
  total_frames         bigint,
  adaptive_switches    bigint,
  start_time           timestamptz,
  end_time             timestamptz,
  duration_seconds     double precision,
  host_id              text        not null,
  created_at           timestamptz not null,
  updated_at           timestamptz not null
);
comment on column p2p_streaming_metrics.end_time is 'null while the stream lasts';
comment on column p2p_streaming_metrics.created_at is 'event time of the measurement';
create index p2p_streaming_session on p2p_streaming_metrics (analytics_id, created_at);
create index p2p_streaming_user on p2p_streaming_metrics (user_id, created_at);
create index p2p_streaming_created on p2p_streaming_metrics (created_at);

-- The numbers of a row that count in roll-ups, by field.
create function point_numbers(shape integer, numbers float8[]) returns jsonb language sql stable parallel safe as $$
  select coalesce(jsonb_object_agg(f.field, numbers[f.idx]), '{}') from shape_field f
  where f.shape_id = shape and numbers[f.idx] between float8 '-1e290' and float8 '1e290'
$$;

-- What cannot be told as a count or a time is not told; a number of a sender must never make a row impossible.
create function as_count(number text) returns bigint language sql immutable parallel safe
  as $$ select case when number::float8 between 0 and 9e15 then number::float8::bigint end $$;
create function as_time(millis text) returns timestamptz language sql immutable parallel safe
  as $$ select case when millis::float8 between 0 and 253402300799999
               then timestamptz 'epoch' + millis::float8 * interval '1 millisecond' end $$;
