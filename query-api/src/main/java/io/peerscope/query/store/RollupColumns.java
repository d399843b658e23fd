package io.peerscope.query.store;

/** The columns that the tables of all roll-up tiers have alike. */
final class RollupColumns {
    static final String ALL = "time, subject_id, shape_id, counts, sums, mins, maxs, lasts, firsts, gains, sketches";

    /** Ends an insert that writes over whatever is there. */
    static final String REPLACE =
            " on conflict (subject_id, time) do update set shape_id = excluded.shape_id, counts = excluded.counts,"
                    + " sums = excluded.sums, mins = excluded.mins, maxs = excluded.maxs, lasts = excluded.lasts,"
                    + " firsts = excluded.firsts, gains = excluded.gains, sketches = excluded.sketches";

    private RollupColumns() {}
}
