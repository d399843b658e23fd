package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Security events as points, one finding each, of four sorts however the host words them. Events of the same millisecond are
 * findings of their own, unless they are the same event once more. Not thread-safe.
 */
public final class Findings {
    private static final String FIELD = "security_findings";
    private static final int REMEMBERED = 10_000;

    /** Which event stands at a time of a subject. */
    private final Map<Slot, String> taken = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Slot, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Slot(Subject subject, long time) {}

    /**
     * Empty for events of other types.
     *
     * @param simulated whether the demo made the host up; asked only if it matters
     */
    public Optional<PointBatch> of(NetworkEvent event, BooleanSupplier simulated) {
        if (event.type() != EventType.SECURITY) {
            return Optional.empty();
        }
        Labels labels = Labels.of("finding", sort(event.detail().path("kind").asText("")));
        Subject subject = new Subject(event.host(), Subject.SECURITY, labels);
        Point point = Point.of(subject, time(subject, event), Map.of(FIELD, 1.0));
        return Optional.of(PointBatch.derived(
                event.host(), event.receivedAt().toEpochMilli(), simulated.getAsBoolean(), List.of(point)));
    }

    /** A subject has one point at a time, so who comes second stands a millisecond earlier. */
    private long time(Subject subject, NetworkEvent event) {
        long time = event.timestamp().toEpochMilli();
        while (!taken.computeIfAbsent(new Slot(subject, time), slot -> event.id())
                .equals(event.id())) {
            time--;
        }
        return time;
    }

    static String sort(String word) {
        String said = word.toLowerCase(Locale.ROOT);
        if (said.contains("cheat")) {
            return "cheat";
        }
        if (said.contains("login") || said.contains("auth") || said.contains("password")) {
            return "login";
        }
        if (said.contains("ddos") || said.contains("dos") || said.contains("attack") || said.contains("flood")) {
            return "attack";
        }
        return "suspicious";
    }
}
