package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a mesh showed, concluded and would remember. */
final class RecordingOutlet implements Outlet {
    final Map<String, LinkLive> links = new TreeMap<>();
    final Map<String, HostPresence> presences = new TreeMap<>();
    final Map<String, IncidentMemory> incidents = new LinkedHashMap<>();
    final Map<String, HostMemory> memories = new TreeMap<>();
    final Map<String, OpenTrouble> troubles = new TreeMap<>();
    final List<Point> concluded = new ArrayList<>();

    @Nullable
    TopologyLive topology;

    int shownLinks;

    @Override
    public void link(String key, @Nullable LinkLive link) {
        shownLinks++;
        put(links, key, link);
    }

    @Override
    public void presence(String host, @Nullable HostPresence presence) {
        put(presences, host, presence);
    }

    @Override
    public void topology(TopologyLive next) {
        topology = next;
    }

    @Override
    public void incident(String id, @Nullable IncidentMemory incident) {
        put(incidents, id, incident);
    }

    @Override
    public void conclude(PointBatch derived) {
        concluded.addAll(derived.points());
    }

    @Override
    public void remember(String host, @Nullable HostMemory memory) {
        put(memories, host, memory);
    }

    @Override
    public void trouble(String key, @Nullable OpenTrouble trouble) {
        put(troubles, key, trouble);
    }

    private static <V> void put(Map<String, V> map, String key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    TopologyLive topology() {
        return Objects.requireNonNull(topology);
    }

    LinkLive link(String one, String other) {
        return Objects.requireNonNull(links.get(LinkLive.key(one, other)));
    }

    HostPresence presence(String host) {
        return Objects.requireNonNull(presences.get(host));
    }

    IncidentLive onlyIncident() {
        if (incidents.size() != 1) {
            throw new AssertionError(incidents.size() + " incidents: " + incidents);
        }
        return incidents.values().iterator().next().shown();
    }

    /** As a rule on this field sees it: the subjects of which it is at or above the limit now, as host and labels. */
    List<String> above(String field, double limit) {
        Map<String, String> above = new LinkedHashMap<>();
        for (Point point : concluded) {
            int column = point.shape().indexOf(field);
            if (column >= 0) {
                String subject = point.subject().canonical();
                if (point.values()[column] >= limit) {
                    above.put(
                            subject,
                            point.subject().host() + " "
                                    + point.subject().labels().asMap());
                } else {
                    above.remove(subject);
                }
            }
        }
        return List.copyOf(above.values());
    }

    /** What was concluded last of a field. */
    double last(String field) {
        return concluded.stream()
                .filter(point -> point.shape().indexOf(field) >= 0)
                .reduce((before, after) -> after)
                .map(point -> point.values()[point.shape().indexOf(field)])
                .orElseThrow();
    }

    /** How often a subject rose to the limit: messages that a rule without a duration would make. */
    int risings(String field, double limit) {
        Map<String, Boolean> open = new LinkedHashMap<>();
        int risings = 0;
        for (Point point : concluded) {
            int column = point.shape().indexOf(field);
            if (column >= 0) {
                boolean above = point.values()[column] >= limit;
                Boolean before = open.put(point.subject().canonical(), above);
                risings += above && !Boolean.TRUE.equals(before) ? 1 : 0;
            }
        }
        return risings;
    }
}
