package io.peerscope.query.materialize;

import io.peerscope.query.store.Positions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** How far the topics are stored, for those who wait for it; knows also what other instances stored. */
public final class Progress {
    private static final long LOOK_MILLIS = 50;

    private final DataSource database;
    private final Object moved = new Object();

    public Progress(DataSource database) {
        this.database = database;
    }

    /** Something was stored here. */
    void stored() {
        synchronized (moved) {
            moved.notifyAll();
        }
    }

    /**
     * Waits until everything below these offsets is stored, by whichever instance.
     *
     * @return false where that took longer than {@code patience}
     */
    public boolean await(Map<TopicPartition, Long> offsets, Duration patience)
            throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!reached(offsets)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            synchronized (moved) {
                moved.wait(Math.min(left, LOOK_MILLIS));
            }
        }
        return true;
    }

    private boolean reached(Map<TopicPartition, Long> offsets) throws SQLException {
        Set<String> topics =
                offsets.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<TopicPartition, Long> stored = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            for (String topic : topics) {
                Positions.all(connection, topic)
                        .forEach((partition, next) -> stored.put(new TopicPartition(topic, partition), next));
            }
        }
        return offsets.entrySet().stream()
                .allMatch(wanted -> stored.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }
}
