-- What was done to one rule, channel or host: asked for by people, and for the next version of a rule.
create index audit_object on audit (object, at desc);
