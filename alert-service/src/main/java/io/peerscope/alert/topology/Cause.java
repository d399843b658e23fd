package io.peerscope.alert.topology;

import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
import org.apache.kafka.common.header.Headers;

/** In which trace the work of this moment is done, so that what comes of it is told there. For one task. */
final class Cause {
    private final Tracer tracer;
    private Span now = Span.NONE;

    Cause(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Does the work that a record asks for. */
    void during(String topic, Headers record, Runnable work) {
        Span span = tracer.follow("judge " + topic, record);
        now = span;
        try {
            work.run();
        } catch (RuntimeException e) {
            span.failed(e.getClass().getSimpleName());
            throw e;
        } finally {
            now = Span.NONE;
            span.end();
        }
    }

    Headers headers() {
        return now.headers();
    }

    /** Of a transition; one that the passing of time has brought about, or an untraced record, may begin a trace. */
    Headers headersOf(String transition, String ruleId, String host) {
        Span span = now.isTraced() ? now.send("alert " + transition) : tracer.alert("alert " + transition);
        span.note("peerscope.rule", ruleId).note("peerscope.host", host).end();
        return span.headers();
    }
}
