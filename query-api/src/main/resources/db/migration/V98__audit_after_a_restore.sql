-- A restore brings an audit log from elsewhere or from before. Nothing that is on record here is lost by that, nothing that
-- is in the archive, and the chain stays whole; that there was a restore, and how the two met, is itself an entry.
--
-- Called within the restore's transaction, with the archive's tables as audit_of_archive and audit_chain_of_archive.
create function audit_restored(archive text, made_at timestamptz) returns jsonb language plpgsql as $$
declare
  way    text;
  added  bigint := 0;
  faults bigint;
  newest text;
  told   jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('peerscope audit chain'));
  with link as (
    select seq, audit_id, hash, lag(hash, 1, ''::bytea) over (order by seq) as before,
           lag(seq, 1, 0::bigint) over (order by seq) as seq_before
    from audit_chain_of_archive
  )
  select count(*) into faults
  from link full join audit_of_archive entry on entry.id = link.audit_id
  where link.seq is null or entry.id is null or link.seq <> link.seq_before + 1
     or link.hash <> audit_hash(link.before, row(entry.*)::audit);
  select seq || ':' || encode(hash, 'hex') into newest from audit_chain_of_archive order by seq desc limit 1;

  if not exists (select * from audit_chain_of_archive except select * from audit_chain) then
    way := 'kept';      -- the archive is our own past
  elsif not exists (select * from audit_chain except select * from audit_chain_of_archive)
     and not exists (select from audit entry where not exists (select from audit_chain where audit_id = entry.id)) then
    way := 'continued'; -- we are the archive's past, or empty: its links hold
    insert into audit_chain select * from audit_chain_of_archive except select * from audit_chain;
    insert into audit overriding system value
      select * from audit_of_archive entry where not exists (select from audit where id = entry.id);
    get diagnostics added = row_count;
    perform setval(pg_get_serial_sequence('audit', 'id'), greatest((select max(id) from audit), 1));
  else
    way := 'joined';    -- two logs of their own: what we lack comes behind ours, with new numbers and links
    insert into audit (at, who, role, action, object, before, after)
      select at, who, role, action, object, before, after from audit_of_archive theirs
      where not exists (
        select from audit ours
        where ours.at = theirs.at and ours.who = theirs.who and ours.role = theirs.role
          and ours.action = theirs.action and ours.object = theirs.object
          and ours.before is not distinct from theirs.before and ours.after is not distinct from theirs.after)
      order by theirs.id;
    get diagnostics added = row_count;
  end if;

  told := jsonb_build_object('made_at', made_at, 'way', way, 'added', added, 'head', newest, 'faults', faults);
  insert into audit (at, who, role, action, object, after)
    values (clock_timestamp(), 'peerscope restore', 'admin', 'storage.restore', archive, told);
  return told;
end $$;
