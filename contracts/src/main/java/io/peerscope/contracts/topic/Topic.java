package io.peerscope.contracts.topic;

import java.time.Duration;
import java.util.List;

/**
 * Every topic of Peerscope. Created and verified when a service starts; nothing relies on automatic creation.
 *
 * <p>Topics partitioned {@link Partitioning#BY_HOST} all have the same number of partitions and are keyed so that what
 * concerns one host meets in one partition number across topics.
 */
public enum Topic {
    METRICS_POINTS("metrics.points", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofHours(48)),
    METRICS_ROLLUPS("metrics.rollups", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofHours(48)),
    /** What never reaches {@link #METRICS_POINTS}: acknowledged duplicates, refused batches, refused samples. */
    INGEST_RECEIPTS("ingest.receipts", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(7)),
    NETWORK_EVENTS("network.events", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(7)),
    HOSTS_LIVE("hosts.live", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Whether hosts are there, by their own voice and that of their peers. */
    HOSTS_PRESENCE("hosts.presence", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Keyed by both ends, in the order of their names. */
    LINKS_LIVE("links.live", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** What hosts say of their links, in one place, where both ends meet; only the aggregator reads it. */
    NETWORK_REPORTS("network.reports", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Totals of the hosts of one partition, keyed by its number; only the aggregator reads it. */
    NETWORK_PARTIALS("network.partials", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    NETWORK_LIVE("network.live", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    NETWORK_TOPOLOGY("network.topology", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Keyed by incident; an incident that is over stays a week. */
    NETWORK_INCIDENTS("network.incidents", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Keyed by rule id; each change is written to every partition, so that a task sees it in order with its data. */
    ALERTS_RULES("alerts.rules", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Keyed by silence id; each change is written to every partition, as with rules. */
    ALERTS_SILENCES("alerts.silences", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** What series are expected to be in the next hours, keyed by host: made by the query API, who knows their past. */
    ALERTS_EXPECTATIONS("alerts.expectations", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofHours(48)),
    ALERTS_COMMANDS("alerts.commands", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(7)),
    /** What each task of the alert service counted for rules over many hosts; keyed by what stands for any host. */
    ALERTS_PARTIALS("alerts.partials", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(1)),
    ALERTS_EVENTS("alerts.events", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(30)),
    ALERTS_ACTIVE("alerts.active", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Keyed by channel id; each change is written to every partition, as with rules. */
    NOTIFICATIONS_CHANNELS("notifications.channels", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Which alerts keep others from being told; keyed by id, written to every partition, as with rules. */
    NOTIFICATIONS_INHIBITIONS("notifications.inhibitions", Partitioning.BY_HOST, Cleanup.COMPACT, Duration.ofDays(1)),
    /** Alert events on their way to one channel, keyed by channel id; only the notifier reads it. */
    NOTIFICATIONS_ROUTED("notifications.routed", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(7)),
    NOTIFICATIONS_OUTBOX("notifications.outbox", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(30)),
    NOTIFICATIONS_DELIVERIES("notifications.deliveries", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(30)),
    /** What was held back, and why, keyed by alert id. */
    NOTIFICATIONS_HELD("notifications.held", Partitioning.BY_HOST, Cleanup.DELETE, Duration.ofDays(7)),
    /** What people changed of the services' configuration, keyed by the setting's name. */
    SETTINGS("settings", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    SECURITY_CREDENTIALS("security.credentials", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    /** When a token was last used to write, keyed by its id: said by ingest now and then, not for every request. */
    SECURITY_TOKEN_USE("security.token.use", Partitioning.SINGLE, Cleanup.COMPACT, Duration.ofDays(1)),
    METRICS_POINTS_DLQ("metrics.points.dlq", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7)),
    INGEST_RECEIPTS_DLQ("ingest.receipts.dlq", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7)),
    NETWORK_EVENTS_DLQ("network.events.dlq", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7)),
    METRICS_ROLLUPS_DLQ("metrics.rollups.dlq", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7)),
    ALERTS_EVENTS_DLQ("alerts.events.dlq", Partitioning.SINGLE, Cleanup.DELETE, Duration.ofDays(7));

    /** How many partitions, and what decides the partition of a record. */
    public enum Partitioning {
        BY_HOST,
        SINGLE
    }

    public enum Cleanup {
        DELETE,
        COMPACT
    }

    private final String topicName;
    private final Partitioning partitioning;
    private final Cleanup cleanup;
    private final Duration kept;

    Topic(String topicName, Partitioning partitioning, Cleanup cleanup, Duration kept) {
        this.topicName = topicName;
        this.partitioning = partitioning;
        this.cleanup = cleanup;
        this.kept = kept;
    }

    public String topicName() {
        return topicName;
    }

    public Partitioning partitioning() {
        return partitioning;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    /** Retention of a deleted topic; for a compacted one, how long its tombstones stay readable. */
    public Duration kept() {
        return kept;
    }

    public static List<Topic> all() {
        return List.of(values());
    }

    @Override
    public String toString() {
        return topicName;
    }
}
