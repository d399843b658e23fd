package io.peerscope.foundation.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Makes what somebody waits for visible at once: the commit comes right after the records that are being processed. Only
 * the first after a pause asks for it, the others take the interval, so a storm of alerts costs no more transactions than
 * it would without. For one task.
 */
public final class PromptCommit {
    /** Much longer than a commit takes; otherwise each record of a storm would have its own. */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(100);

    private final ProcessorContext<?, ?> context;
    private long asked = Long.MIN_VALUE / 2;

    public PromptCommit(ProcessorContext<?, ?> context) {
        this.context = context;
    }

    /** To be called when something was sent. */
    public void sent() {
        long now = context.currentSystemTimeMs();
        // a clock that was set back is no reason to wait
        if (Math.abs(now - asked) >= AT_MOST_EVERY.toMillis()) {
            asked = now;
            context.commit();
        }
    }
}
