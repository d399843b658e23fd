package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.aggregate.network.NetworkTotals;
import io.peerscope.aggregate.network.NewestTotals;
import io.peerscope.contracts.live.NetworkLive;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Adds up the partitions' newest totals, once a second whether anything changed or not. */
final class NetworkProcessor extends ContextualProcessor<String, NetworkTotals, String, NetworkLive> {
    private static final Duration TICK = Duration.ofSeconds(1);

    /** The one key of the topic. */
    private static final String NETWORK = "network";

    private @Nullable NewestTotals newest;

    @Override
    public void init(ProcessorContext<String, NetworkLive> context) {
        super.init(context);
        newest = new NewestTotals();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, NetworkTotals> record) {
        requireNonNull(newest).put(record.key(), record.value());
    }

    private void tick(long wallClock) {
        requireNonNull(newest).tick(wallClock).ifPresent(live -> context()
                .forward(new Record<>(NETWORK, live, wallClock)));
    }
}
