-- From where people are logged in. Whether a session is valid stands in security.credentials alone; this is what they are
-- shown of their own.
create table login_session (
  id           text primary key,
  username     text        not null,
  address      text        not null,
  browser      text        not null,
  started_at   timestamptz not null,
  last_used_at timestamptz not null,
  expires_at   timestamptz
);
comment on column login_session.id is 'of the credential; not a secret';
comment on column login_session.browser is 'the User-Agent, cut off';
create index login_session_expiry on login_session (expires_at);
