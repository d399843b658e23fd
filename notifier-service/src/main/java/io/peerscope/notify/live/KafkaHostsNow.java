package io.peerscope.notify.live;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.notify.message.HostsNow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code hosts.live} since this began. Kept as it comes and decoded when an alert is told: hosts speak every few seconds,
 * and alerts are few. Nothing waits for it, and nothing fails where it is not there.
 */
public final class KafkaHostsNow implements HostsNow, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaHostsNow.class);
    /** Some twenty thousand hosts of the usual size; what is beyond is not known. */
    private static final long MOST_BYTES = 64L << 20;

    /** What is older says nothing of now. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final RecordLoop loop;
    private final Map<String, byte[]> hosts = new ConcurrentHashMap<>();
    /** Of the reading thread. */
    private long bytes;

    public KafkaHostsNow(KafkaClients clients, InstantSource clock) {
        this.clock = clock;
        this.loop = new RecordLoop(
                clients, "notifier-hosts-reader", List.of(Topic.HOSTS_LIVE), RecordLoop.From.END, this::take);
    }

    public KafkaHostsNow start() {
        loop.start();
        return this;
    }

    private void take(ConsumerRecord<String, byte[]> row) {
        take(row.key(), row.value());
    }

    void take(String host, byte @Nullable [] live) {
        byte[] before = hosts.remove(host);
        bytes -= before == null ? 0 : before.length;
        if (live != null && bytes + live.length <= MOST_BYTES) {
            hosts.put(host, live);
            bytes += live.length;
        }
    }

    @Override
    public Optional<HostLive> host(String name) {
        return Optional.ofNullable(hosts.get(name)).flatMap(this::read);
    }

    @Override
    public void each(Consumer<HostLive> reader) {
        hosts.values().forEach(live -> read(live).ifPresent(reader));
    }

    private Optional<HostLive> read(byte[] live) {
        try {
            HostLive host = Json.decode(live, HostLive.class);
            return Optional.of(host)
                    .filter(known -> known.lastSeen().plus(FRESH).isAfter(clock.instant()));
        } catch (MalformedRecordException e) {
            LOG.debugf("a host that cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
