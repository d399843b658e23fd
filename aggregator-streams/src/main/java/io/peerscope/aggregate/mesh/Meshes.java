package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.TopologyLive.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which hosts belong together because they once were one component. Two networks that were never joined are no split; a
 * mesh in several parts is. A host alone is no part: that is isolation. Parts that stay apart for a day are meshes of
 * their own from then on.
 */
final class Meshes {
    private static final long ACCEPTED_AFTER = 24 * 3_600_000L;

    /** A part smaller than this is no part. */
    private static final int SMALLEST_PART = 2;

    private final Map<String, String> meshOf = new HashMap<>();
    private final Map<String, Long> splitSince = new HashMap<>();

    void leave(String host) {
        meshOf.remove(host);
    }

    /** What must be remembered. */
    Map<String, String> memory() {
        return meshOf;
    }

    void recall(Map<String, String> kept) {
        meshOf.putAll(kept);
    }

    List<Split> look(Graph graph, long now) {
        List<List<String>> parts = graph.components().stream()
                .filter(component -> component.size() >= SMALLEST_PART)
                .toList();
        join(parts);
        Map<String, List<List<String>>> byMesh = new TreeMap<>();
        for (List<String> part : parts) {
            byMesh.computeIfAbsent(mesh(part.getFirst()), mesh -> new ArrayList<>())
                    .add(part);
        }
        List<Split> splits = new ArrayList<>();
        byMesh.forEach((mesh, ofMesh) -> {
            if (ofMesh.size() < 2) {
                splitSince.remove(mesh);
                return;
            }
            long since = splitSince.computeIfAbsent(mesh, m -> now);
            if (now - since >= ACCEPTED_AFTER) {
                splitSince.remove(mesh);
                ofMesh.forEach(part -> part.forEach(host -> meshOf.put(host, part.getFirst())));
            } else {
                splits.add(new Split(largestFirst(ofMesh), Instant.ofEpochMilli(since)));
            }
        });
        splitSince.keySet().retainAll(byMesh.keySet());
        return splits;
    }

    private String mesh(String host) {
        return meshOf.getOrDefault(host, host);
    }

    /** Whoever is in one component belongs to one mesh, and with them all who belonged to theirs. */
    private void join(List<List<String>> parts) {
        Map<String, String> renamed = new HashMap<>();
        for (List<String> part : parts) {
            TreeSet<String> names = new TreeSet<>();
            for (String host : part) {
                String mesh = meshOf.get(host);
                if (mesh != null) {
                    names.add(current(renamed, mesh));
                }
            }
            String name = names.isEmpty() ? part.getFirst() : names.getFirst();
            names.stream().skip(1).forEach(other -> renamed.put(other, name));
            part.forEach(host -> meshOf.putIfAbsent(host, name));
        }
        if (!renamed.isEmpty()) {
            meshOf.replaceAll((host, mesh) -> current(renamed, mesh));
        }
    }

    private static String current(Map<String, String> renamed, String mesh) {
        String name = mesh;
        while (renamed.containsKey(name)) {
            name = renamed.get(name);
        }
        return name;
    }

    private static List<List<String>> largestFirst(List<List<String>> parts) {
        return parts.stream()
                .sorted(Comparator.<List<String>>comparingInt(List::size)
                        .reversed()
                        .thenComparing(List::getFirst))
                .toList();
    }
}
