package io.peerscope.testkit.collector;

import java.util.Map;

/**
 * A piece of work as the collector was told of it.
 *
 * @param parent empty where it began the trace
 */
public record ToldSpan(
        String service,
        String name,
        String traceId,
        String id,
        String parent,
        boolean failed,
        Map<String, String> attributes) {}
