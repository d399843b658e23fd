package io.peerscope.notify.outbox;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.notify.deliver.ChannelDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code notifications.channels} as it is now. */
public final class KafkaChannelDirectory implements ChannelDirectory, AutoCloseable {
    /** Clocks of machines may differ by so much. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final CompactedTable<Channel> table;
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final Instant begunAt;

    /** @param begunAt now: all that was written before is known once this has caught up */
    public KafkaChannelDirectory(KafkaClients clients, Instant begunAt) {
        this.begunAt = begunAt;
        this.table = new CompactedTable<>(
                clients,
                "notifier-channels-reader",
                Topic.NOTIFICATIONS_CHANNELS,
                bytes -> Json.decode(bytes, Channel.class),
                this::changed);
    }

    private void changed(String id, @Nullable Channel channel) {
        if (channel == null) {
            removed.add(id);
        } else {
            removed.remove(id);
        }
    }

    public KafkaChannelDirectory start() {
        table.start();
        return this;
    }

    public boolean caughtUp() {
        return table.caughtUp();
    }

    public Condition condition() {
        return table.condition();
    }

    /** Those that are switched on. */
    public List<Channel> enabled() {
        return table.view().values().stream().filter(Channel::enabled).toList();
    }

    @Override
    public Entry find(String channelId, Instant existedAt) {
        Optional<Channel> channel = table.get(channelId);
        if (channel.isPresent()) {
            return new Entry.Present(channel.get());
        }
        boolean known = removed.contains(channelId) || existedAt.isBefore(begunAt.minus(CLOCK_TOLERANCE));
        return known ? new Entry.Removed() : new Entry.Unknown();
    }

    @Override
    public void close() {
        table.close();
    }
}
