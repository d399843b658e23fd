package io.peerscope.foundation.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Begins what one service does in traces. Where nothing is traced a call costs a comparison. Thread-safe. */
public final class Tracer {
    private static final Tracer OFF = new Tracer(null);

    private final @Nullable Active active;

    private Tracer(@Nullable Active active) {
        this.active = active;
    }

    /**
     * @param dice from 0 to 1, decides whether a trace begins
     */
    private record Active(
            io.opentelemetry.api.trace.Tracer tracer, TracingConfig config, TracePace pace, DoubleSupplier dice) {
        Span begin(String name, SpanKind kind, Context parent) {
            return Span.begin(tracer, name, kind, parent);
        }

        boolean drawn(double share) {
            return share > 0 && dice.getAsDouble() < share && pace.mayBegin();
        }
    }

    /** One that never traces anything. */
    public static Tracer off() {
        return OFF;
    }

    static Tracer of(
            io.opentelemetry.api.trace.Tracer tracer, TracingConfig config, TracePace pace, DoubleSupplier dice) {
        return new Tracer(new Active(tracer, config, pace, dice));
    }

    public boolean isOn() {
        return active != null;
    }

    /**
     * A request of somebody whom we know, so that strangers cannot make us write. Is traced where its sender says so, and
     * else by chance.
     *
     * @param traceparent null where the request has none
     */
    public Span request(String name, @Nullable String traceparent) {
        if (active == null) {
            return Span.NONE;
        }
        Optional<SpanContext> sender = traceparent == null ? Optional.empty() : TraceParent.read(traceparent);
        if (sender.isPresent()) {
            // who is traced elsewhere and was not drawn there is not drawn here: half a trace is of no use
            return sender.get().isSampled() && active.pace().mayBegin()
                    ? active.begin(name, SpanKind.SERVER, within(sender.get()))
                    : Span.NONE;
        }
        return active.drawn(active.config().requests())
                ? active.begin(name, SpanKind.SERVER, Context.root())
                : Span.NONE;
    }

    /** What is done with a record, if it was written for something that is traced. */
    public Span follow(String name, Headers record) {
        if (active == null) {
            return Span.NONE;
        }
        Header header = record.lastHeader(TraceParent.NAME);
        if (header == null || header.value() == null) {
            return Span.NONE;
        }
        return TraceParent.read(new String(header.value(), StandardCharsets.US_ASCII))
                .filter(SpanContext::isSampled)
                .map(cause -> active.begin(name, SpanKind.CONSUMER, within(cause)))
                .orElse(Span.NONE);
    }

    /** Where an alert changes without a request that is traced, as by the passing of time: by chance. */
    public Span alert(String name) {
        return active != null && active.drawn(active.config().alerts())
                ? active.begin(name, SpanKind.INTERNAL, Context.root())
                : Span.NONE;
    }

    private static Context within(SpanContext remote) {
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote));
    }
}
