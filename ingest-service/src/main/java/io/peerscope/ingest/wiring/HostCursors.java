package io.peerscope.ingest.wiring;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.ingest.cursor.Cursor;
import io.peerscope.ingest.cursor.CursorRoute;
import java.time.Duration;
import java.util.Optional;

/** {@code hosts.live}, of which two numbers a host are kept: about 160 bytes, 16 MB for a hundred thousand hosts. */
final class HostCursors implements CursorRoute.Cursors, AutoCloseable {
    private final CompactedTable<Cursor> hosts;

    HostCursors(KafkaClients clients) {
        this.hosts =
                new CompactedTable<>(clients, "ingest-cursors", Topic.HOSTS_LIVE, Cursor::of, (host, cursor) -> {});
    }

    void start() {
        hosts.start();
    }

    /** Waits until all that was there when it was started is read. */
    boolean awaitAll(Duration patience) throws InterruptedException {
        return hosts.awaitAll(patience);
    }

    /** What was added last to this host's timestamps, by whichever instance, milliseconds; 0 where that is not known. */
    long correction(String host) {
        return hosts.get(host).map(Cursor::correction).orElse(0L);
    }

    @Override
    public Optional<Cursor> of(String host) {
        return hosts.get(host);
    }

    @Override
    public boolean complete() {
        return hosts.caughtUp();
    }

    /** Nobody is turned away for want of cursors, so at worst we are degraded. */
    Condition condition() {
        return switch (hosts.condition()) {
            case Condition.Down down -> new Condition.Degraded(down.why());
            case Condition other -> other;
        };
    }

    @Override
    public void close() {
        hosts.close();
    }
}
