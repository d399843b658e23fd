package io.peerscope.ingest.line;

import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.foreign.Kinds;
import io.peerscope.ingest.foreign.Origin;
import java.util.Arrays;

/** Measurement and tags of a line, resolved for a sender, and how its fields looked when they were seen last. */
final class Series {
    /** A sender leaves out a field now and then, so there are a few lists of fields that take turns. */
    private static final int PLANS = 4;

    private final byte[] raw;
    private final long hash;
    private final Sender sender;
    private final String measurement;
    private final Origin origin;
    /** Replaced as a whole. Of two threads that do so at once one loses its plan, and makes it again. */
    private volatile FieldPlan[] plans = {};

    private Series(byte[] raw, long hash, Sender sender, String measurement, Origin origin) {
        this.raw = raw;
        this.hash = hash;
        this.sender = sender;
        this.measurement = measurement;
        this.origin = origin;
    }

    static Series parse(byte[] bytes, int from, int to, long hash, Sender sender) throws BadLineException {
        Head head = Head.parse(bytes, from, to);
        Origin origin = Origin.of(head.tags(), sender);
        if (origin.kind().isEmpty() && Kinds.isKind(head.measurement())) {
            origin = new Origin(origin.host(), head.measurement(), origin.labels());
        }
        return new Series(Arrays.copyOfRange(bytes, from, to), hash, sender, head.measurement(), origin);
    }

    boolean is(byte[] bytes, int from, int to, long otherHash, Sender otherSender) {
        return hash == otherHash && Arrays.equals(raw, 0, raw.length, bytes, from, to) && sender.equals(otherSender);
    }

    String measurement() {
        return measurement;
    }

    Origin origin() {
        return origin;
    }

    FieldPlan[] plans() {
        return plans;
    }

    void remember(FieldPlan plan) {
        FieldPlan[] before = plans;
        FieldPlan[] now = Arrays.copyOf(before, Math.min(PLANS, before.length + 1));
        System.arraycopy(before, 0, now, 1, now.length - 1);
        now[0] = plan;
        plans = now;
    }
}
