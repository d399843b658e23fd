package io.peerscope.query.store;

/** The columns that the tables of all roll-up tiers have alike. */
final class RollupColumns {
    static final String ALL = "time, subject_id, shape_id, counts, sums, mins, maxs, lasts, firsts, gains, sketches,"
            + " first_times, last_times";

    /** Ends an insert that writes over whatever is there. */
    static final String REPLACE =
            " on conflict (subject_id, time) do update set shape_id = excluded.shape_id, counts = excluded.counts,"
                    + " sums = excluded.sums, mins = excluded.mins, maxs = excluded.maxs, lasts = excluded.lasts,"
                    + " firsts = excluded.firsts, gains = excluded.gains, sketches = excluded.sketches,"
                    + " first_times = excluded.first_times, last_times = excluded.last_times";

    /** Of a field at {@code idx}, epoch milliseconds; rows that do not know are taken for a sample at their start. */
    static String millis(String row, String column, String idx) {
        return "coalesce(%1$s.%2$s[%3$s], %1$s.%2$s[1], (extract(epoch from %1$s.time) * 1000)::int8)"
                .formatted(row, column, idx);
    }

    /** The same as a timestamp. */
    static String time(String row, String column, String idx) {
        return ("coalesce(timestamptz 'epoch' + interval '1 millisecond' * coalesce(%1$s.%2$s[%3$s], %1$s.%2$s[1]),"
                        + " %1$s.time)")
                .formatted(row, column, idx);
    }

    private RollupColumns() {}
}
