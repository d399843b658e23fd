-- What a channel was told of instead: an incident, or the alert of a host.
alter table held add column cause text;
