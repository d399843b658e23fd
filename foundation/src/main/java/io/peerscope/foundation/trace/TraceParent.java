package io.peerscope.foundation.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code traceparent} of W3C Trace Context, on HTTP requests and on Kafka records. */
final class TraceParent {
    static final String NAME = "traceparent";
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String FIRST_VERSION = "00";
    private static final int LONGEST = 256;

    private TraceParent() {}

    /** Empty where it is not one; then a trace begins anew, as the recommendation has it. */
    static Optional<SpanContext> read(String header) {
        if (header.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(header.strip());
        // later versions may have more to say, the first may not
        if (!parts.matches() || parts.group(5) != null && parts.group(1).equals(FIRST_VERSION)) {
            return Optional.empty();
        }
        SpanContext context = SpanContext.createFromRemoteParent(
                parts.group(2), parts.group(3), TraceFlags.fromHex(parts.group(4), 0), TraceState.getDefault());
        return context.isValid() ? Optional.of(context) : Optional.empty();
    }

    static String write(SpanContext context) {
        return FIRST_VERSION + "-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }
}
