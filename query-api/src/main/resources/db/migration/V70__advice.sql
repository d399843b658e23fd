-- What was advised, and what became of it.
create table advice (
  id         text        not null,
  made_at    timestamptz not null,
  kind       text        not null,
  state      text        not null,
  changed_at timestamptz not null,
  document   jsonb       not null,
  primary key (id, made_at)
);
-- The same advice is given once at a time, also by several instances.
create unique index advice_live on advice (id) where state in ('open', 'applied');
create index advice_state on advice (state, changed_at);
comment on table advice is 'GET /api/v1/network/suggestions; document is as shown there';
