package io.peerscope.agent.queue;

import java.util.Optional;

/**
 * Positions {@code from}, inclusive, to {@code to}, exclusive. A position is the number of a segment in the upper half and
 * of a report within it in the lower, so that they are in the order of measuring, over restarts too.
 */
public record Span(long from, long to) {
    static long position(long segment, int index) {
        return segment << 32 | index;
    }

    static long segment(long position) {
        return position >>> 32;
    }

    static int index(long position) {
        return (int) position;
    }

    boolean isEmpty() {
        return from >= to;
    }

    /** What is left when {@code other} is cut out; the part before it and the part after it. */
    Span before(Span other) {
        return new Span(from, Math.min(to, other.from));
    }

    Span after(Span other) {
        return new Span(Math.max(from, other.to), to);
    }

    Optional<Span> common(Span other) {
        Span common = new Span(Math.max(from, other.from), Math.min(to, other.to));
        return common.isEmpty() ? Optional.empty() : Optional.of(common);
    }
}
