create table subject_shape (
  subject_id bigint  not null references subject,
  shape_id   integer not null references shape,
  primary key (subject_id, shape_id)
);
comment on table subject_shape is 'which subject ever sent which fields: whom a question about a metric is about';

insert into subject_shape
  select subject_id, shape_id from raw_point
  union
  select subject_id, shape_id from rollup_1m
  union
  select subject_id, shape_id from rollup_1h
  union
  select subject_id, shape_id from rollup_1d
  union
  select subject_id, shape_id from rollup_1mo;
