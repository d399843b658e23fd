package io.peerscope.foundation.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Says once in the log that a collector takes what it is told; what it does not take the exporter says itself. So an
 * operator who switched traces on sees that they arrive.
 */
final class ReachedOnce implements SpanExporter {
    private static final Logger LOG = Logger.getLogger(ReachedOnce.class);

    private final SpanExporter exporter;
    private final String target;
    private final AtomicBoolean reached = new AtomicBoolean();

    ReachedOnce(SpanExporter exporter, String target) {
        this.exporter = exporter;
        this.target = target;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return reached.get()
                ? result
                : result.whenComplete(() -> {
                    if (result.isSuccess() && reached.compareAndSet(false, true)) {
                        LOG.infof("traces reach %s", target);
                    }
                });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
