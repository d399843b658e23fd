-- What senders say of the types of fields goes with the shape, so that every row knows what its numbers meant when they
-- came: the numbers of FieldType in points.proto, none where nothing was said.
alter table shape add types smallint[] not null default '{}';
comment on column shape.types is '0 unknown, 1 gauge, 2 counter, 3 delta; empty: all unknown';

alter table shape_field add type smallint not null default 0;
comment on column shape_field.type is '0 unknown, 1 gauge, 2 counter, 3 delta';

-- An index takes no more than 2.7 kB a row. Many fields, or the labels of other formats, are longer.
create function text_identity(text) returns bytea language sql immutable strict parallel safe
  as $$ select sha256(convert_to($1, 'UTF8')) $$;
create function shape_identity(text[], smallint[]) returns bytea language sql immutable strict parallel safe
  as $$ select sha256(convert_to(array_to_string($1, chr(10)) || chr(10) || array_to_string($2, ' '), 'UTF8')) $$;

alter table subject drop constraint subject_canonical_key;
create unique index subject_identity on subject (text_identity(canonical));
alter table shape drop constraint shape_fields_key;
create unique index shape_identity on shape (shape_identity(fields, types));
