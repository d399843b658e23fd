package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.PointBatch;
import java.util.function.Consumer;

/**
 * The points of open windows, kept over restarts: whole encoded batches, appended in order of arrival. One write a
 * record and window however many points it brings, nothing is ever rewritten, and the bytes are those that arrived.
 */
public interface WindowJournal {
    void append(String host, long window, int entry, byte[] batch);

    /** Notes that this window is left to the database, which must have stored all records up to this offset. */
    void handOver(String host, long window, long upToOffset);

    /** Entries 0 to {@code entries} - 1 of the window, oldest first. */
    void read(String host, long window, int entries, Consumer<PointBatch> reader);

    void remove(String host, long window, int entries, boolean handedOver);

    /** Notes that windows that start before are closed for further points. */
    void closedBefore(long start);

    /** Everything, a window's entries in order. */
    void replay(Replay replay);

    /** Hears what the journal holds. */
    interface Replay {
        void closedBefore(long start);

        /** @param bytes length of the batch as it was appended */
        void entry(String host, long window, int entry, PointBatch batch, int bytes);

        void handedOver(String host, long window, long upToOffset);
    }
}
