package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.point.Point;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One end of a link: what it said last, and how long its word is good for. */
final class Side {
    /** Two of its own intervals, and a second for the way. */
    private static final double GOOD_FOR_INTERVALS = 2;

    private static final double OVERDUE_INTERVALS = 1.25;

    private static final double ON_THE_WAY_SECONDS = 1;
    /** Records of one report may come one after the other; that is no interval. */
    private static final double SHORTEST_SECONDS = 5;

    private static final double LONGEST_SECONDS = 120;
    private static final double UNKNOWN_SECONDS = 10;
    private static final double WEIGHT = 0.3;
    /** An outage is no interval either, but who reports less often than was thought must be believed in the end. */
    private static final double LARGEST_STEP = 4;

    private final Map<String, Double> fields = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private long at = Long.MIN_VALUE;
    private long receivedAt;
    private long heardAt;
    private double interval;
    private boolean fresh;
    private LinkClaim claim = LinkClaim.UNKNOWN;
    private PathClass path = PathClass.UNKNOWN;
    private String relay = "";

    /** @param patientNow by the clock that counts only what the task lived through */
    void hear(Point point, long received, long patientNow) {
        if (point.timestamp() < at) {
            return;
        }
        if (receivedAt > 0 && received > receivedAt) {
            learn((received - receivedAt) / 1000.0);
        }
        at = point.timestamp();
        receivedAt = Math.max(receivedAt, received);
        heardAt = patientNow;
        fresh = true;
        for (int i = 0; i < point.values().length; i++) {
            if (Double.isFinite(point.values()[i])) {
                fields.put(point.shape().field(i), point.values()[i]);
            } else {
                fields.remove(point.shape().field(i));
            }
        }
        states.putAll(point.states());
        claim = LinkClaim.of(fields, states);
        Map<String, String> labels = point.subject().labels().asMap();
        PathClass said = PathClass.of(labels, states);
        if (said != PathClass.UNKNOWN) {
            path = said;
            relay = labels.getOrDefault("relay", states.getOrDefault("relay", ""));
        }
    }

    /** Something happened to the connection, between two reports. Makes nobody fresh who does not report. */
    void event(Point point, long received, long patientNow) {
        if (point.timestamp() < at) {
            return;
        }
        boolean reported = fresh;
        states.putAll(point.states());
        claim = LinkClaim.of(fields, states);
        at = point.timestamp();
        if (!reported) {
            receivedAt = Math.max(receivedAt, received);
            heardAt = patientNow;
            fresh = true;
        }
    }

    private void learn(double gap) {
        interval = interval == 0
                ? clamped(gap)
                : interval + WEIGHT * (clamped(Math.min(gap, interval * LARGEST_STEP)) - interval);
    }

    private static double clamped(double seconds) {
        return Math.clamp(seconds, SHORTEST_SECONDS, LONGEST_SECONDS);
    }

    /** @return whether its word has just run out */
    boolean age(long patientNow) {
        if (fresh && patientNow - heardAt > goodForMillis()) {
            fresh = false;
            return true;
        }
        return false;
    }

    /** Whether its next word should have come; that is before the last one runs out. */
    boolean overdue(long patientNow) {
        return overdue(patientNow, heardAt);
    }

    boolean overdue(long patientNow, long lastWord) {
        return patientNow - lastWord > millis(OVERDUE_INTERVALS);
    }

    /**
     * Whether its host was heard after its next word should have come.
     *
     * @param since when the host is heard without a pause
     * @param until when it was heard last
     */
    boolean leftOut(long since, long until) {
        return known() && until - Math.max(heardAt, since) > millis(OVERDUE_INTERVALS);
    }

    private double goodForMillis() {
        return millis(GOOD_FOR_INTERVALS);
    }

    private double millis(double intervals) {
        double expected = interval == 0 ? UNKNOWN_SECONDS : interval;
        return 1000 * (intervals * expected + ON_THE_WAY_SECONDS);
    }

    /** Its host said goodbye: its last word is no word any more. */
    void forgetNow() {
        fresh = false;
    }

    boolean known() {
        return at != Long.MIN_VALUE;
    }

    boolean fresh() {
        return fresh;
    }

    LinkClaim claim() {
        return fresh ? claim : LinkClaim.UNKNOWN;
    }

    PathClass path() {
        return path;
    }

    String relay() {
        return relay;
    }

    long receivedAt() {
        return receivedAt;
    }

    @Nullable
    Double field(String name) {
        return fresh ? fields.get(name) : null;
    }

    String state(String name) {
        return fresh ? states.getOrDefault(name, "") : "";
    }

    LinkReport view() {
        return new LinkReport(
                Instant.ofEpochMilli(at),
                Instant.ofEpochMilli(receivedAt),
                fresh,
                claim,
                path,
                relay,
                Map.copyOf(fields),
                Map.copyOf(states),
                Math.round(interval * 10) / 10.0);
    }

    void recall(LinkReport report) {
        at = report.at().toEpochMilli();
        receivedAt = report.receivedAt().toEpochMilli();
        fresh = report.fresh();
        interval = report.intervalSeconds();
        claim = report.claim();
        path = report.path();
        relay = report.relay();
        fields.putAll(report.fields());
        states.putAll(report.states());
    }
}
