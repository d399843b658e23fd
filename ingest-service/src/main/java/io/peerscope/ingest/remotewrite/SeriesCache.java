package io.peerscope.ingest.remotewrite;

/**
 * The table of series that are known, which grows up to a bound and then begins anew: who sends ever new series costs
 * everybody a few microseconds, and no memory. Thread-safe; readers keep the table they have while they need it.
 */
final class SeriesCache {
    /** Longer blocks of labels are rare, and decoded each time. */
    static final int LONGEST = 1024;

    private static final int FIRST_ROWS = 1024;
    private static final int FIRST_BYTES = 128 * 1024;

    private final long seed;
    private final int mostRows;
    private final int mostBytes;
    private volatile SeriesTable table;

    /**
     * @param seed what nobody outside can guess
     * @param mostRows and {@code mostBytes} of their labels; at both, with what they stand for, about 100 MiB
     */
    SeriesCache(long seed, int mostRows, int mostBytes) {
        this.seed = seed;
        this.mostRows = mostRows;
        this.mostBytes = mostBytes;
        this.table = empty();
    }

    /** A quarter of a million series, with labels of 32 MiB. */
    static SeriesCache standard(long seed) {
        return new SeriesCache(seed, 1 << 18, 32 << 20);
    }

    private SeriesTable empty() {
        return new SeriesTable(seed, Math.min(FIRST_ROWS, mostRows), Math.min(FIRST_BYTES, mostBytes));
    }

    SeriesTable table() {
        return table;
    }

    /** @return the table that has it now, where it is not too long for any */
    synchronized SeriesTable remember(long hash, String scope, byte[] bytes, int from, int to, Series.Known series) {
        if (to - from <= LONGEST && table.find(hash, scope, bytes, from, to) == SeriesTable.NONE) {
            if (!table.hasRoomFor(to - from)) {
                table = next();
            }
            table.add(hash, scope, bytes, from, to, series);
        }
        return table;
    }

    private SeriesTable next() {
        int rows = 2 * table.capacity();
        int bytes = 2 * table.bytes();
        return rows > mostRows || bytes > mostBytes ? empty() : table.larger(rows, bytes);
    }
}
