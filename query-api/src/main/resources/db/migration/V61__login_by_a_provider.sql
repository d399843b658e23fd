-- People whom an OpenID provider knows. They have no password here, and are who they are by issuer and subject: the name
-- may go to somebody else there.
alter table users alter column password_hash drop not null;
alter table users add column issuer text;
alter table users add column subject text;
alter table users add constraint users_known_by_something
  check (password_hash is not null or (issuer is not null and subject is not null));
create unique index users_identity on users (issuer, subject);

-- Logins that are on their way to the provider and back. Each is used once.
create table login_attempt (
  state      bytea primary key,
  browser    bytea       not null,
  nonce      text        not null,
  verifier   text        not null,
  return_to  text        not null,
  expires_at timestamptz not null
);
comment on column login_attempt.state is 'SHA-256, as is browser';
create index login_attempt_expiry on login_attempt (expires_at);
