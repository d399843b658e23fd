package io.peerscope.aggregate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.link.TopologyLive.Articulation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void aChainOfThousandsIsAllBridges() {
        List<String> nodes =
                IntStream.range(0, 20_000).mapToObj("n%05d"::formatted).toList();
        List<Link> links = new ArrayList<>();
        for (int i = 1; i < nodes.size(); i++) {
            links.add(new Link(nodes.get(i - 1), nodes.get(i), 0));
        }
        Graph graph = Graph.of(nodes, links);
        assertThat(graph.components()).hasSize(1);
        assertThat(graph.bridges()).hasSize(19_999);
        assertThat(graph.articulations()).hasSize(19_998).contains(new Articulation("n00001", 1));
    }

    /** Against the definition: take each link and each host away, and count. */
    @Test
    void randomGraphsAreAsTheDefinitionSays() {
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            int size = 2 + random.nextInt(9);
            List<String> nodes = IntStream.range(0, size).mapToObj(i -> "h" + i).toList();
            Set<String> seen = new HashSet<>();
            List<Link> links = new ArrayList<>();
            for (int i = random.nextInt(2 * size); i > 0; i--) {
                String one = nodes.get(random.nextInt(size));
                String other = nodes.get(random.nextInt(size));
                Link link = new Link(one, other, 0);
                if (!one.equals(other) && seen.add(link.key())) {
                    links.add(link);
                }
            }
            Graph graph = Graph.of(nodes, links);
            int whole = parts(nodes, links);
            assertThat(graph.components()).hasSize(whole);
            Set<List<String>> bridges = new HashSet<>();
            for (Link link : links) {
                List<Link> others = links.stream().filter(each -> each != link).toList();
                if (parts(nodes, others) > whole) {
                    bridges.add(List.of(link.a(), link.b()));
                }
            }
            assertThat(new HashSet<>(graph.bridges())).isEqualTo(bridges);
            Set<String> articulations = new TreeSet<>();
            for (String host : nodes) {
                List<String> others =
                        nodes.stream().filter(each -> !each.equals(host)).toList();
                List<Link> remaining = links.stream()
                        .filter(link -> !link.a().equals(host) && !link.b().equals(host))
                        .toList();
                boolean alone = remaining.size() == links.size();
                if (parts(others, remaining) > whole - (alone ? 1 : 0)) {
                    articulations.add(host);
                }
            }
            assertThat(graph.articulations().stream().map(Articulation::host)).containsExactlyElementsOf(articulations);
        }
    }

    private static int parts(List<String> nodes, List<Link> links) {
        Set<String> left = new TreeSet<>(nodes);
        int parts = 0;
        while (!left.isEmpty()) {
            parts++;
            List<String> reached = new ArrayList<>(List.of(left.iterator().next()));
            left.remove(reached.getFirst());
            for (int i = 0; i < reached.size(); i++) {
                for (Link link : links) {
                    String host = reached.get(i);
                    if (link.a().equals(host) && left.remove(link.b())) {
                        reached.add(link.b());
                    } else if (link.b().equals(host) && left.remove(link.a())) {
                        reached.add(link.a());
                    }
                }
            }
        }
        return parts;
    }
}
