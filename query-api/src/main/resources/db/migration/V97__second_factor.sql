-- A second factor of those who want one. It counts once it is confirmed by a first code.
create table second_factor (
  username     text primary key references users on delete cascade,
  secret       text        not null,
  created_at   timestamptz not null,
  confirmed_at timestamptz,
  last_step    bigint      not null default 0
);
comment on column second_factor.secret is 'base32, sealed (docs/secrets.md)';
comment on column second_factor.last_step is 'of 30 s since 1970, of the newest code that was used: no code counts twice';

create table recovery_code (
  username text  not null references second_factor on delete cascade,
  hash     bytea not null,
  used_at  timestamptz,
  primary key (username, hash)
);
comment on column recovery_code.hash is 'SHA-256; enough because a code has 120 random bits';
