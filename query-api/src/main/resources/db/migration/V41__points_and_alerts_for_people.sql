-- Points and alerts under the columns that the panels of game servers ask for.
create view p2p_metrics as
  select r.subject_id || '-' || (extract(epoch from r.time) * 1000)::int8 || '-' || f.idx as id,
         r.time as timestamp, s.host as host_id, f.field as metric_type, r.values[f.idx] as metric_value,
         jsonb_build_object('kind', s.kind, 'labels', s.labels, 'states', coalesce(r.states, '{}')) as additional_data
  from raw_point r
  join subject s on s.id = r.subject_id
  join shape_field f on f.shape_id = r.shape_id;
comment on view p2p_metrics is 'one row per sample, as long as raw points are kept';

create view p2p_alerts as
  select id, started_at as timestamp, rule_id as alert_type, severity, body ->> 'summary' as message, status,
         (body ->> 'resolved_at')::timestamptz as resolved_at, host as host_id, updated_at
  from alert where told;
comment on view p2p_alerts is 'one row per episode that anybody was told of, as it is now';
