package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Security events as points, one finding each, of four sorts however the host words them. */
public final class Findings {
    private static final String FIELD = "security_findings";

    private Findings() {}

    /** Empty for events of other types. */
    public static Optional<PointBatch> of(NetworkEvent event) {
        if (event.type() != EventType.SECURITY) {
            return Optional.empty();
        }
        Labels labels = Labels.of("finding", sort(event.detail().path("kind").asText("")));
        Subject subject = new Subject(event.host(), Subject.SECURITY, labels);
        Point point = Point.of(subject, event.timestamp().toEpochMilli(), Map.of(FIELD, 1.0));
        return Optional.of(PointBatch.derived(event.host(), event.receivedAt().toEpochMilli(), false, List.of(point)));
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
