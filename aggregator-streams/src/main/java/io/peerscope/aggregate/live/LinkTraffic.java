package io.peerscope.aggregate.live;

import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.point.Point;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes over one link, from the byte counters that its host reports. */
final class LinkTraffic {
    private static final String SENT = "bytes_sent";
    private static final String RECEIVED = "bytes_received";
    /** One counter for either direction, which then is a label. */
    private static final String TRANSFERRED = "bytes_transferred";

    private final RollingRate in = new RollingRate();
    private final RollingRate out = new RollingRate();

    void observe(Point point) {
        for (int i = 0; i < point.shape().size(); i++) {
            RollingRate rate = rate(point.shape().field(i), point);
            if (rate != null) {
                rate.add(point.timestamp(), point.values()[i]);
            }
        }
    }

    private @Nullable RollingRate rate(String field, Point point) {
        return switch (field) {
            case SENT -> out;
            case RECEIVED -> in;
            case TRANSFERRED ->
                switch (point.subject().labels().get("direction")) {
                    case "in", "inbound" -> in;
                    case "out", "outbound" -> out;
                    default -> null;
                };
            default -> null;
        };
    }

    /** Empty where the host reports no bytes of the link, or did so once only. */
    Optional<PeerTraffic> view(String peer, long since) {
        OptionalDouble received = in.perSecond(since);
        OptionalDouble sent = out.perSecond(since);
        return received.isEmpty() && sent.isEmpty()
                ? Optional.empty()
                : Optional.of(new PeerTraffic(
                        peer,
                        received.isPresent() ? (Double) received.getAsDouble() : null,
                        sent.isPresent() ? (Double) sent.getAsDouble() : null,
                        Math.max(in.seconds(), out.seconds())));
    }

    /** Fields by instant that would make it again, as far as its rates go. */
    Map<Long, Map<String, Double>> remembered() {
        Map<Long, Map<String, Double>> instants = new TreeMap<>();
        in.remembered().forEach((time, value) -> instants.computeIfAbsent(time, t -> new TreeMap<>())
                .put(RECEIVED, value));
        out.remembered().forEach((time, value) -> instants.computeIfAbsent(time, t -> new TreeMap<>())
                .put(SENT, value));
        return instants;
    }
}
