-- A session's row changes with every measurement. With this column in no index, the new version stays on the row's own page
-- and the other indexes are left alone; those who look for old sessions are few and may read them all.
drop index idx_p2p_analytics_updated_at;
