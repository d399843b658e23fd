package io.peerscope.query.consistency;

import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.TopicEnds;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.materialize.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** Waits, step by step along the way that records take, until what is in the topics now can be read here. */
public final class StrongReads {
    private static final Duration LOOK = Duration.ofMillis(30);

    /**
     * Totals are told once a second by each task and added up once a second: only what is stamped later than this after
     * a record was processed is sure to contain it. The clocks of the services are taken to agree.
     */
    private static final Duration TWO_TICKS = Duration.ofMillis(1500);

    private final TopicEnds ends;
    private final Progress progress;
    private final LiveTables live;
    private final List<ControlTable<?>> documents;
    private final InstantSource clock;

    public StrongReads(
            TopicEnds ends, Progress progress, LiveTables live, List<ControlTable<?>> documents, InstantSource clock) {
        this.ends = ends;
        this.progress = progress;
        this.live = live;
        this.documents = List.copyOf(documents);
        this.clock = clock;
    }

    /** @return false where it is not visible within {@code patience} */
    public boolean await(Source source, Duration patience) throws InterruptedException, SQLException {
        Deadline deadline = new Deadline(System.nanoTime() + patience.toNanos());
        return switch (source) {
            case STORED -> progress.await(ends.of(Topic.METRICS_POINTS), deadline.left());
            case LIVE -> live(deadline);
            case ALERTS -> judged(deadline) && live.awaitAlerts(ends.of(Topic.ALERTS_ACTIVE), deadline.left());
            case ALERT_HISTORY ->
                judged(deadline)
                        && progress.await(
                                ends.of(Topic.ALERTS_EVENTS, Topic.NOTIFICATIONS_DELIVERIES, Topic.NOTIFICATIONS_HELD),
                                deadline.left());
            case LEDGER -> progress.await(ends.of(Topic.METRICS_POINTS, Topic.INGEST_RECEIPTS), deadline.left());
            case EVENTS -> progress.await(ends.of(Topic.NETWORK_EVENTS), deadline.left());
            case CONTROL -> control(deadline);
            case DATABASE -> true;
        };
    }

    private boolean live(Deadline deadline) throws InterruptedException {
        if (!passed(Application.AGGREGATOR, ends.of(Topic.METRICS_POINTS), deadline)) {
            return false;
        }
        Instant shown = clock.instant().plus(TWO_TICKS);
        return live.await(() -> told(live.network(), shown), deadline.left())
                && live.awaitHosts(ends.of(Topic.HOSTS_LIVE), deadline.left());
    }

    private static boolean told(Optional<NetworkLive> network, Instant since) {
        return network.isPresent() && !network.get().asOf().isBefore(since);
    }

    private boolean judged(Deadline deadline) throws InterruptedException {
        return passed(
                Application.ALERT,
                ends.of(Topic.METRICS_POINTS, Topic.ALERTS_RULES, Topic.ALERTS_SILENCES, Topic.ALERTS_COMMANDS),
                deadline);
    }

    private boolean control(Deadline deadline) throws InterruptedException {
        for (ControlTable<?> table : documents) {
            if (!table.await(ends.of(table.topic()), deadline.left())) {
                return false;
            }
        }
        return true;
    }

    private boolean passed(Application application, Map<TopicPartition, Long> offsets, Deadline deadline)
            throws InterruptedException {
        while (!ends.passed(application, offsets)) {
            if (!deadline.left().isPositive()) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    private record Deadline(long nanoTime) {
        Duration left() {
            return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
        }
    }
}
