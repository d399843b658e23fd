-- Who may write the database can change what is on record. So every entry of the audit log is a link of a chain: its hash is
-- made of the entry and the hash before. Whoever changes, removes or inserts one has to make all later hashes anew, and the
-- newest, which `peerscope verify-audit` prints, is then another than the one that was noted elsewhere.
create table audit_chain (
  seq      bigint primary key,
  audit_id bigint not null unique,
  hash     bytea  not null
);

-- jsonb has one text for one value; times are written out, since how they are shown is a setting of the session.
create function audit_hash(before bytea, entry audit) returns bytea language sql immutable as $$
  select sha256(before || convert_to(jsonb_build_object(
    'id', entry.id,
    'at', extract(epoch from entry.at),
    'who', entry.who,
    'role', entry.role,
    'action', entry.action,
    'object', entry.object,
    'before', entry.before,
    'after', entry.after)::text, 'UTF8'))
$$;

create function audit_link(entry audit) returns void language plpgsql as $$
declare
  newest audit_chain%rowtype;
begin
  if exists (select from audit_chain where audit_id = entry.id) then
    return; -- a restore has brought the link too
  end if;
  select * into newest from audit_chain order by seq desc limit 1;
  insert into audit_chain
    values (coalesce(newest.seq, 0) + 1, entry.id, audit_hash(coalesce(newest.hash, ''::bytea), entry));
end $$;

-- At the commit: an entry stays open while its change waits for Kafka, and nobody shall wait for that. One after the other,
-- each with what the one before has committed.
create function audit_is_linked() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('peerscope audit chain'));
  perform audit_link(new);
  return null;
end $$;

do $$
declare
  entry audit;
begin
  for entry in select * from audit order by id loop
    perform audit_link(entry);
  end loop;
end $$;

create constraint trigger audit_linked after insert on audit
  deferrable initially deferred for each row execute function audit_is_linked();
create trigger audit_chain_append_only before update or delete or truncate on audit_chain
  for each statement execute function audit_is_append_only();

-- Nothing, where all is as it was written.
create view audit_fault as
  with link as (
    select seq, audit_id, hash, lag(hash, 1, ''::bytea) over (order by seq) as before,
           lag(seq, 1, 0::bigint) over (order by seq) as seq_before
    from audit_chain
  )
  select link.seq, link.audit_id,
         case
           when link.seq <> link.seq_before + 1 then 'links are missing before it'
           when entry.id is null then 'the entry was removed'
           else 'the entry, or its link, was changed'
         end as fault
  from link left join audit entry on entry.id = link.audit_id
  where link.seq <> link.seq_before + 1 or entry.id is null
     or link.hash <> audit_hash(link.before, entry)
  union all
  select null, entry.id, 'the entry has no link: it was put in by another way, or its link was removed'
  from audit entry where not exists (select from audit_chain where audit_id = entry.id);
