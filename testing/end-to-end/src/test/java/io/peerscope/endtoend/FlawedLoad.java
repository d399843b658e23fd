package io.peerscope.endtoend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches of which it is known what is wrong with them: one sample in a hundred is no number, one point in 33 is late. */
final class FlawedLoad {
    static final int FIELDS = 10;
    private static final int WRONG = 100;
    private static final int LATE = 33;

    private final Instant begin;
    private final int points;
    private final Map<String, Long> newest = new HashMap<>();
    private int samplesMade;
    private int pointsMade;

    /** @param points of a batch */
    FlawedLoad(Instant begin, int points) {
        this.begin = begin;
        this.points = points;
    }

    /** A batch as it is sent, and how many of its right samples come after their minute. */
    record Sent(Map<String, Object> body, long late) {}

    /** What one host was told and has to find again. */
    static final class Expected {
        long accepted;
        long rejected;
        long duplicate;
        long late;
    }

    int samplesMade() {
        return samplesMade;
    }

    /** Points of now, each of another map; some wrong, some of ten minutes ago. */
    Sent batch(String host, int number) {
        long now = now(host);
        List<Map<String, Object>> made = new ArrayList<>();
        long late = 0;
        for (int p = 0; p < points; p++) {
            int point = pointsMade++;
            boolean old = point % LATE == 0;
            long time = old ? begin.minusSeconds(600).toEpochMilli() + number : now;
            Map<String, Object> fields = new HashMap<>();
            for (int f = 0; f < FIELDS; f++) {
                boolean wrong = samplesMade++ % WRONG == 7;
                fields.put("field_" + f, wrong ? "no number" : point + f);
                late += old && !wrong ? 1 : 0;
            }
            made.add(Map.of("kind", "map", "labels", Map.of("map", "m" + p), "timestamp", time, "fields", fields));
        }
        return new Sent(Map.of("host", host, "batch", "first/" + number, "points", made), late);
    }

    /** Another time for each batch of a host, so that no two of its points meet. */
    private long now(String host) {
        return newest.merge(host, Instant.now().toEpochMilli(), (last, clock) -> Math.max(last + 1, clock));
    }

    /** Nothing is wrong with it. */
    Map<String, Object> plain(String host, String id, int number) {
        Map<String, Object> fields = new HashMap<>();
        for (int f = 0; f < FIELDS; f++) {
            fields.put("field_" + f, number + f);
        }
        return Map.of("host", host, "batch", id, "points", List.of(Map.of("timestamp", now(host), "fields", fields)));
    }
}
