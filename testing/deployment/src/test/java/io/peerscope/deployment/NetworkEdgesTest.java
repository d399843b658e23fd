package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.SourceTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which pod reaches which port under the network policies, computed, and compared with the list that people read. */
class NetworkEdgesTest {
    private static final Path FOLDER = SourceTree.root().resolve("deploy/kubernetes");
    private static final List<Node> POLICIES = Node.documents(FOLDER.resolve("base/network.yaml"));
    private static final Pattern ROW =
            Pattern.compile("^\\| ([a-z-]+) \\| ([a-z-]+) \\| (\\d+) \\|$", Pattern.MULTILINE);

    /** Somebody, by labels; of another namespace where that has a name. */
    private record Pod(String namespace, Map<String, String> labels) {
        boolean ours() {
            return namespace.isEmpty();
        }
    }

    private static final Map<String, Pod> PODS = pods();

    private static Map<String, Pod> pods() {
        Map<String, Pod> pods = new LinkedHashMap<>();
        KnownSettings.services()
                .forEach(name -> pods.put(
                        name,
                        new Pod("", Map.of("app.kubernetes.io/name", name, "app.kubernetes.io/part-of", "peerscope"))));
        pods.put("kafka", new Pod("", Map.of("strimzi.io/cluster", "peerscope", "strimzi.io/kind", "Kafka")));
        pods.put("database", new Pod("", Map.of("cnpg.io/cluster", "peerscope-database")));
        pods.put("ingress", new Pod("ingress-nginx", Map.of()));
        pods.put("prometheus", new Pod("monitoring", Map.of()));
        pods.put("stranger", new Pod("default", Map.of("app.kubernetes.io/part-of", "peerscope")));
        return pods;
    }

    @Test
    void theEdgesAreThoseOfTheList() {
        Set<String> said = ROW.matcher(Node.text(FOLDER.resolve("README.md")))
                .results()
                .map(row -> row.group(1) + " to " + row.group(2) + " " + row.group(3))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(edges(List.of(8080, 8081, 8082, 8083, 8084, 8085, 9000, 9093, 5432)))
                .isEqualTo(said);
    }

    /** Those for replication and control are of brokers alone. */
    @Test
    void listenersOfBrokersAreOutOfReach() {
        assertThat(edges(List.of(9090, 9091))).containsOnly("kafka to kafka 9090", "kafka to kafka 9091");
    }

    @Test
    void whatIsNotSaidIsDenied() {
        assertThat(POLICIES.getFirst().at("spec/podSelector").value()).isEqualTo(Map.of());
        assertThat(POLICIES.getFirst().at("spec/policyTypes").texts()).containsExactly("Ingress", "Egress");
        assertThat(POLICIES.getFirst().at("spec/ingress").exists()).isFalse();
        assertThat(POLICIES.getFirst().at("spec/egress").exists()).isFalse();
    }

    @Test
    void onlyTheNotifierSpeaksToTheWorldAndNotToWhatIsPrivate() {
        List<Node> world = POLICIES.stream()
                .filter(policy -> policy.toString().contains("ipBlock"))
                .toList();
        assertThat(world).hasSize(1);
        assertThat(world.getFirst().at("spec/podSelector/matchLabels").value())
                .isEqualTo(Map.of("app.kubernetes.io/name", "notifier-service"));
        assertThat(world.getFirst().at("spec/egress/0/to/0/ipBlock/except").texts())
                .contains(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "169.254.0.0/16",
                        "127.0.0.0/8",
                        "100.64.0.0/10");
    }

    /** Between pods and those other pods that the list names; a pod to itself only where it has several instances. */
    private static Set<String> edges(List<Integer> ports) {
        Set<String> edges = new TreeSet<>();
        PODS.forEach((from, source) -> PODS.forEach((to, target) -> ports.stream()
                .filter(port -> target.ours() && reaches(source, target, port))
                .filter(port -> !(from.equals("database") && to.equals("database")))
                .forEach(port -> edges.add(from + " to " + to + " " + port))));
        return edges;
    }

    private static boolean reaches(Pod from, Pod to, int port) {
        boolean leaves = !from.ours() || allowed("Egress", "egress", "to", from, to, port);
        return leaves && allowed("Ingress", "ingress", "from", to, from, port);
    }

    private static boolean allowed(String type, String rules, String peers, Pod self, Pod other, int port) {
        return POLICIES.stream()
                .filter(policy -> self.ours() && selects(policy.at("spec/podSelector"), self))
                .filter(policy -> policy.at("spec/policyTypes").texts().contains(type))
                .flatMap(policy -> policy.get("spec").get(rules).elements())
                .anyMatch(rule -> open(rule, port)
                        && (!rule.get(peers).exists()
                                || rule.get(peers).elements().anyMatch(peer -> matches(peer, other))));
    }

    private static boolean open(Node rule, int port) {
        return IntStream.range(0, (int) rule.get("ports").elements().count())
                .anyMatch(i -> rule.at("ports/" + i + "/port").number() == port);
    }

    private static boolean matches(Node peer, Pod pod) {
        if (peer.get("ipBlock").exists()) {
            return false; // addresses of the world; pods have private ones
        }
        Node namespace = peer.get("namespaceSelector");
        boolean there = namespace.exists()
                ? namespace
                        .get("matchLabels")
                        .get("kubernetes.io/metadata.name")
                        .text()
                        .equals(pod.namespace())
                : pod.ours();
        return there && (!peer.get("podSelector").exists() || selects(peer.get("podSelector"), pod));
    }

    private static boolean selects(Node selector, Pod pod) {
        return selector.get("matchLabels")
                .entries()
                .allMatch(label -> label.getValue().text().equals(pod.labels().get(label.getKey())));
    }
}
