package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.window.TaskWindows;
import io.peerscope.aggregate.window.WindowConfig;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupPlan;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Feeds {@link TaskWindows} with records and ticks. All heap state is made in {@link #init}, also when Streams takes the
 * task up again after an aborted transaction, so heap and store never part.
 */
final class WindowProcessor extends ContextualProcessor<String, ReceivedBatch, String, RollupBatch> {
    static final String JOURNAL = "window-journal";
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Ticks by which a start is not idle: restored tasks need time to fetch what waits for them. */
    private static final int WARM_UP_TICKS = 10;

    /** Other hosts closed along with each record: keeps pace when hosts send once in a window. */
    private static final int CLOSED_PER_RECORD = 2;

    private static final int CLOSED_PER_TICK = 500;

    private final WindowConfig config;
    private final RollupPlan plan;
    private final AggregatorMeter meter;
    private @Nullable TaskWindows windows;
    private int idleTicks;
    private long now;

    WindowProcessor(WindowConfig config, RollupPlan plan, AggregatorMeter meter) {
        this.config = config;
        this.plan = plan;
        this.meter = meter;
    }

    @Override
    public void init(ProcessorContext<String, RollupBatch> context) {
        super.init(context);
        windows = new TaskWindows(config, plan, new JournalStore(context.getStateStore(JOURNAL)), meter, this::emit);
        idleTicks = -WARM_UP_TICKS;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, ReceivedBatch> record) {
        TaskWindows open = requireNonNull(windows);
        now = record.timestamp();
        idleTicks = Math.min(idleTicks, 0);
        open.advance(record.timestamp());
        open.add(
                record.value().batch(),
                record.value().encoded(),
                context().recordMetadata().map(RecordMetadata::offset).orElse(-1L));
        open.closeDue(CLOSED_PER_RECORD);
    }

    private void tick(long wallClock) {
        TaskWindows open = requireNonNull(windows);
        now = wallClock;
        idleTicks++;
        if (idleTicks >= config.idleSeconds()) {
            open.advanceIdle(wallClock);
        }
        open.closeDue(CLOSED_PER_TICK);
    }

    private void emit(RollupBatch batch) {
        context().forward(new Record<>(batch.host(), batch, now));
    }
}
