package io.peerscope.ingest.remotewrite;

import io.peerscope.ingest.admission.Sender;

/**
 * Finds out what the series of one request are. What a token's bytes mean is never told to another: the token's host is part
 * of what is compared. Not thread-safe.
 */
final class SeriesLookup {
    private final SeriesReading reading;
    private final SeriesCache cache;
    private final Sender sender;
    private final String scope;
    private SeriesTable table;
    private int last = SeriesTable.NONE;

    SeriesLookup(SeriesReading reading, SeriesCache cache, Sender sender) {
        this.reading = reading;
        this.cache = cache;
        this.sender = sender;
        this.scope = switch (sender) {
            case Sender.OneHost own -> own.host();
            case Sender.AnyHost any -> ""; // as no host is called
        };
        this.table = cache.table();
    }

    /** @param bytes have, from {@code from} to {@code to}, fields {@code TimeSeries.labels} of remote write 1.0 */
    Series of(byte[] bytes, int from, int to) {
        int row = table.follower(last, scope, bytes, from, to);
        if (row == SeriesTable.NONE) {
            long hash = table.hash(scope, bytes, from, to);
            row = table.find(hash, scope, bytes, from, to);
            if (row == SeriesTable.NONE) {
                return unknown(hash, bytes, from, to);
            }
            table.follows(last, row);
        }
        last = row;
        return table.series(row);
    }

    private Series unknown(long hash, byte[] bytes, int from, int to) {
        Series read = reading.read(sender, bytes, from, to);
        if (read instanceof Series.Known known) {
            SeriesTable now = cache.remember(hash, scope, bytes, from, to, known);
            last = now == table ? last : SeriesTable.NONE;
            table = now;
            int row = now.find(hash, scope, bytes, from, to);
            if (row != SeriesTable.NONE) {
                now.follows(last, row);
                last = row;
            }
        }
        return read;
    }
}
