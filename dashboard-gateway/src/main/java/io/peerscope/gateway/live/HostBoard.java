package io.peerscope.gateway.live;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every host by name and by the version of its last change. Not thread-safe. */
final class HostBoard {
    /** Hosts in one frame; about 100 KB, so that a first view of thousands does not come in one lump. */
    private static final int MOST_IN_A_FRAME = 200;
    /** Removals that are remembered for readers who have not seen them. */
    private static final int MOST_REMOVED = 1000;

    /** @param host as it is shown; null: it is gone */
    private record Entry(
            String name, long version, @Nullable HostLive host, String json) {}

    private final Map<String, Entry> byName = new HashMap<>();
    private final NavigableMap<Long, Entry> byVersion = new TreeMap<>();
    private final NavigableMap<Long, Entry> removed = new TreeMap<>();
    /** Frames of single hosts, for all who watch them, until the next change: packing one is more work than to write it. */
    private final Map<String, LiveState.Change> watched = new HashMap<>();

    private final Set<String> degraded = new HashSet<>();
    private final Map<HostStatus, Integer> byStatus = new EnumMap<>(HostStatus.class);
    private long version;

    void put(HostLive host) {
        store(host.host(), host);
    }

    void remove(String name) {
        if (byName.containsKey(name)) {
            store(name, null);
        }
    }

    /** @param troubled whether a firing alert of warning or worse concerns the host */
    void degrade(String name, boolean troubled) {
        boolean changed = troubled ? degraded.add(name) : degraded.remove(name);
        Entry entry = byName.get(name);
        if (changed && entry != null && entry.host() != null) {
            store(name, entry.host());
        }
    }

    long version() {
        return version;
    }

    long version(String name) {
        Entry entry = byName.get(name);
        return entry == null ? 0 : entry.version();
    }

    LiveState.Change one(String name) {
        Entry entry = byName.get(name);
        return entry == null
                ? new LiveState.Change(frame(List.of()), 0, false)
                : watched.computeIfAbsent(
                        name, host -> new LiveState.Change(frame(List.of(entry)), entry.version(), false));
    }

    /** Hosts that changed after {@code seen}, the longest unchanged first; removals only for those who saw the host. */
    LiveState.Change since(long seen) {
        List<Entry> part = new ArrayList<>();
        long upTo = version;
        boolean more = false;
        for (Entry entry : byVersion.tailMap(seen, false).values()) {
            if (entry.host() == null && seen == 0) {
                continue;
            }
            if (part.size() == MOST_IN_A_FRAME) {
                more = true;
                break;
            }
            part.add(entry);
            upTo = entry.version();
        }
        return new LiveState.Change(frame(part), more ? upTo : version, more);
    }

    HostCounts counts() {
        return new HostCounts(
                byStatus.getOrDefault(HostStatus.UP, 0),
                byStatus.getOrDefault(HostStatus.DEGRADED, 0),
                byStatus.getOrDefault(HostStatus.SILENT, 0));
    }

    private void store(String name, @Nullable HostLive latest) {
        Entry old = byName.get(name);
        watched.remove(name);
        if (old != null) {
            byVersion.remove(old.version());
            removed.remove(old.version());
            count(old.host(), -1);
        }
        HostLive host = latest == null ? null : overlaid(latest);
        Entry entry = new Entry(name, ++version, host, Frame.json(host == null ? name : host.withoutParts()));
        byName.put(name, entry);
        byVersion.put(version, entry);
        count(host, 1);
        if (host == null) {
            removed.put(version, entry);
            forgetOldRemovals();
        }
    }

    private void count(@Nullable HostLive host, int by) {
        if (host != null) {
            byStatus.merge(host.status(), by, Integer::sum);
        }
    }

    private void forgetOldRemovals() {
        while (removed.size() > MOST_REMOVED) {
            Entry oldest = removed.pollFirstEntry().getValue();
            byVersion.remove(oldest.version());
            byName.remove(oldest.name());
            watched.remove(oldest.name());
        }
    }

    private HostLive overlaid(HostLive host) {
        return switch (host.status()) {
            case UP -> degraded.contains(host.host()) ? host.with(HostStatus.DEGRADED) : host;
            case DEGRADED -> degraded.contains(host.host()) ? host : host.with(HostStatus.UP);
            case SILENT, LEFT -> host;
        };
    }

    private static Frame frame(List<Entry> entries) {
        StringBuilder text = new StringBuilder("{\"type\":\"hosts\",\"hosts\":[");
        append(text, entries.stream().filter(entry -> entry.host() != null).toList());
        List<Entry> gone =
                entries.stream().filter(entry -> entry.host() == null).toList();
        if (!gone.isEmpty()) {
            append(text.append("],\"removed\":["), gone);
        }
        return Frame.of(text.append("]}").toString());
    }

    private static void append(StringBuilder text, List<Entry> entries) {
        String separator = "";
        for (Entry entry : entries) {
            text.append(separator).append(entry.json());
            separator = ",";
        }
    }
}
