package io.peerscope.foundation.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A piece of work in a trace; {@link #NONE} where it is not traced, which is nearly always. Thread-safe. */
public final class Span {
    /** Says nothing to anybody. */
    public static final Span NONE = new Span(null, null);

    private final @Nullable Tracer tracer;
    private final io.opentelemetry.api.trace.@Nullable Span open;

    private Span(@Nullable Tracer tracer, io.opentelemetry.api.trace.@Nullable Span open) {
        this.tracer = tracer;
        this.open = open;
    }

    static Span begin(Tracer tracer, String name, SpanKind kind, Context parent) {
        return new Span(
                tracer,
                tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan());
    }

    /** Whether there is any use in telling it something that costs an effort to find out. */
    public boolean isTraced() {
        return open != null;
    }

    /** A part of this work: handing something to Kafka. */
    public Span send(String name) {
        return child(name, SpanKind.PRODUCER);
    }

    /** A part of this work: asking somebody else for something. */
    public Span call(String name) {
        return child(name, SpanKind.CLIENT);
    }

    private Span child(String name, SpanKind kind) {
        return open == null || tracer == null
                ? NONE
                : begin(tracer, name, kind, Context.root().with(open));
    }

    public Span note(String key, String value) {
        if (open != null) {
            open.setAttribute(key, value);
        }
        return this;
    }

    public Span note(String key, long value) {
        if (open != null) {
            open.setAttribute(key, value);
        }
        return this;
    }

    /** It did not come to what it was begun for; still to be ended. */
    public Span failed(String why) {
        if (open != null) {
            open.setStatus(StatusCode.ERROR, why);
        }
        return this;
    }

    /** Only the first call counts. */
    public void end() {
        if (open != null) {
            open.end();
        }
    }

    /** For a request that is made for this work. */
    public Optional<String> traceparent() {
        return Optional.ofNullable(open).map(span -> TraceParent.write(span.getSpanContext()));
    }

    /** By which people find it again, in logs and in the collector. */
    public Optional<String> traceId() {
        return Optional.ofNullable(open).map(span -> span.getSpanContext().getTraceId());
    }

    /** For a record that is written for this work; a new object, which may be added to. */
    public Headers headers() {
        RecordHeaders headers = new RecordHeaders();
        traceparent().ifPresent(text -> headers.add(TraceParent.NAME, text.getBytes(StandardCharsets.US_ASCII)));
        return headers;
    }
}
