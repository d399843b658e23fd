package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.TopologyLive.Articulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Components, bridges and articulation points of the links that are up, in one pass over nodes and edges (Tarjan), without
 * recursion: a chain of thousands of hosts is deep.
 *
 * @param components members sorted, largest component first
 * @param bridges pairs in the order of their names, sorted
 * @param articulations sorted by name
 */
record Graph(List<List<String>> components, List<List<String>> bridges, List<Articulation> articulations) {

    /** @param nodes every host, also one without a link; sorted by name */
    static Graph of(Collection<String> nodes, Collection<Link> links) {
        return new Search(nodes, links).run();
    }

    /** The component of each host, by its place in {@link #components()}. */
    Map<String, Integer> places() {
        Map<String, Integer> places = new TreeMap<>();
        for (int i = 0; i < components.size(); i++) {
            for (String host : components.get(i)) {
                places.put(host, i);
            }
        }
        return places;
    }

    private static final class Search {
        private final String[] names;
        /** Edges of node n: {@code targets[starts[n] .. starts[n + 1])}. */
        private final int[] starts;

        private final int[] targets;
        private final int[] found;
        private final int[] low;
        private final int[] size;
        private final int[] parent;
        private final int[] next;
        private final List<List<String>> components = new ArrayList<>();
        private final List<List<String>> bridges = new ArrayList<>();
        private final List<Articulation> articulations = new ArrayList<>();
        private int time;

        Search(Collection<String> nodes, Collection<Link> links) {
            names = nodes.stream().sorted().distinct().toArray(String[]::new);
            starts = new int[names.length + 1];
            List<int[]> edges = new ArrayList<>(links.size());
            for (Link link : links) {
                int one = Arrays.binarySearch(names, link.a());
                int other = Arrays.binarySearch(names, link.b());
                if (one >= 0 && other >= 0 && one != other) {
                    edges.add(new int[] {one, other});
                    starts[one + 1]++;
                    starts[other + 1]++;
                }
            }
            for (int i = 0; i < names.length; i++) {
                starts[i + 1] += starts[i];
            }
            targets = new int[2 * edges.size()];
            int[] fill = Arrays.copyOf(starts, names.length);
            for (int[] edge : edges) {
                targets[fill[edge[0]]++] = edge[1];
                targets[fill[edge[1]]++] = edge[0];
            }
            found = new int[names.length];
            low = new int[names.length];
            size = new int[names.length];
            parent = new int[names.length];
            next = Arrays.copyOf(starts, names.length);
        }

        Graph run() {
            for (int root = 0; root < names.length; root++) {
                if (found[root] == 0) {
                    explore(root);
                }
            }
            components.sort(
                    Comparator.<List<String>>comparingInt(List::size).reversed().thenComparing(List::getFirst));
            bridges.sort(
                    Comparator.<List<String>, String>comparing(List::getFirst).thenComparing(List::getLast));
            articulations.sort(Comparator.comparing(Articulation::host));
            return new Graph(components, bridges, articulations);
        }

        private void explore(int root) {
            List<Integer> members = new ArrayList<>();
            int[] stack = new int[16];
            int depth = 0;
            enter(root, -1, members);
            stack[depth++] = root;
            while (depth > 0) {
                int node = stack[depth - 1];
                if (next[node] < starts[node + 1]) {
                    int to = targets[next[node]++];
                    if (found[to] == 0) {
                        enter(to, node, members);
                        if (depth == stack.length) {
                            stack = Arrays.copyOf(stack, 2 * depth);
                        }
                        stack[depth++] = to;
                    } else if (to != parent[node]) {
                        low[node] = Math.min(low[node], found[to]);
                    }
                } else {
                    depth--;
                    leave(node);
                }
            }
            articulations(members);
            components.add(members.stream().map(i -> names[i]).sorted().toList());
        }

        private void enter(int node, int from, List<Integer> members) {
            time++;
            found[node] = time;
            low[node] = time;
            size[node] = 1;
            parent[node] = from;
            members.add(node);
        }

        private void leave(int node) {
            int above = parent[node];
            if (above < 0) {
                return;
            }
            low[above] = Math.min(low[above], low[node]);
            size[above] += size[node];
            if (low[node] > found[above]) {
                String one = names[node];
                String other = names[above];
                bridges.add(one.compareTo(other) < 0 ? List.of(one, other) : List.of(other, one));
            }
        }

        /** A host is one if, without it, a subtree below it is a part of its own. */
        private void articulations(List<Integer> members) {
            int whole = members.size();
            int[] parted = new int[whole];
            int[] largest = new int[whole];
            int[] parts = new int[whole];
            int first = found[members.getFirst()];
            for (int node : members) {
                int above = parent[node];
                if (above >= 0 && low[node] >= found[above]) {
                    int place = found[above] - first;
                    parted[place] += size[node];
                    largest[place] = Math.max(largest[place], size[node]);
                    parts[place]++;
                }
            }
            for (int node : members) {
                int place = found[node] - first;
                int rest = whole - 1 - parted[place];
                if (parts[place] + (rest > 0 ? 1 : 0) >= 2) {
                    articulations.add(new Articulation(names[node], whole - 1 - Math.max(rest, largest[place])));
                }
            }
        }
    }
}
