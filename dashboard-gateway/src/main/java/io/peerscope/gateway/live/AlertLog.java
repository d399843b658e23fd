package io.peerscope.gateway.live;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest alert transitions, numbered from 1 since this gateway started. Connections read it at their own pace, each
 * with a cursor, so a slow one holds nothing of its own; one that comes back soon goes on where it was. Thread-safe.
 */
public final class AlertLog {

    /** @param end bytes of all frames up to and with this one, since the start */
    private record Entry(Frame frame, long end) {}

    private record AlertFrame(String type, AlertTransition transition, Alert alert, long offset) {}

    private final @Nullable Entry[] ring;
    private long last;
    private long end;

    /** @param capacity how many transitions can be caught up on */
    public AlertLog(int capacity) {
        this.ring = new Entry[capacity];
    }

    public synchronized void append(AlertEvent event) {
        last++;
        Frame frame = Frame.of(new AlertFrame("alert", event.transition(), event.data(), last));
        end += frame.bytes();
        ring[slot(last)] = new Entry(frame, end);
    }

    /** Number of the newest transition; 0 before the first. */
    public synchronized long last() {
        return last;
    }

    /** The transition after {@code cursor}; empty where there is none yet or it is no longer held. */
    public synchronized Optional<Frame> after(long cursor) {
        if (cursor >= last || !reaches(cursor)) {
            return Optional.empty();
        }
        return Optional.ofNullable(ring[slot(cursor + 1)]).map(Entry::frame);
    }

    /** Whether nothing after {@code cursor} has been lost, and the cursor is one of ours. */
    public synchronized boolean reaches(long cursor) {
        return cursor >= 0 && cursor <= last && last - cursor <= ring.length;
    }

    /** How much a reader at {@code cursor} has yet to be sent; {@link Long#MAX_VALUE} where it was left behind. */
    public synchronized long bytesAfter(long cursor) {
        if (cursor >= last) {
            return 0;
        }
        if (!reaches(cursor)) {
            return Long.MAX_VALUE;
        }
        Entry next = ring[slot(cursor + 1)];
        return next == null ? 0 : end - next.end() + next.frame().bytes();
    }

    private int slot(long offset) {
        return (int) (offset % ring.length);
    }
}
