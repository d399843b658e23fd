package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.Secret;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/compose: nothing for everybody, nothing by default that is secret, nothing that no service reads. */
class ComposeTest {
    private static final Path FOLDER = SourceTree.root().resolve("deploy/compose");
    private static final Node COMPOSE =
            Node.documents(FOLDER.resolve("compose.yaml")).getFirst();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:[-?][^}]*)?}");

    static Stream<String> services() {
        return COMPOSE.get("services").entries().map(Map.Entry::getKey);
    }

    static Stream<String> ours() {
        return KnownSettings.services().stream();
    }

    @Test
    void theSixServicesAreThereAndWhatIsOptionalIsInAProfile() {
        assertThat(services().toList()).containsAll(KnownSettings.services()).contains("kafka", "timescaledb");
        assertThat(services().filter(name -> service(name).get("profiles").exists()))
                .containsExactlyInAnyOrder("prometheus", "grafana", "mailpit");
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachIsBoundedAndWatchedAndItsLogRotates(String name) {
        Node service = service(name);
        assertThat(service.at("healthcheck/test").elements()).as("health check").isNotEmpty();
        assertThat(service.get("mem_limit").exists()).as("limit of memory").isTrue();
        assertThat(service.at("logging/options/max-size").exists())
                .as("rotation")
                .isTrue();
        assertThat(service.get("restart").text()).isEqualTo("unless-stopped");
        assertThat(service.get("image").text()).matches(".+:.+").doesNotEndWith(":latest");
        assertThat(service.get("privileged").exists()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachIsPublishedOnLoopbackOnly(String name) {
        assertThat(service(name).get("ports").texts()).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(service(name).get("network_mode").exists()).isFalse();
        if (Set.of("kafka", "timescaledb", "query-api", "alert-service", "aggregator-streams")
                .contains(name)) {
            assertThat(service(name).get("networks").texts()).containsExactly("inside");
        }
    }

    @Test
    void theNetworkBetweenThemLeadsNowhereAndOlderAddressesWork() {
        assertThat(COMPOSE.at("networks/inside/internal").value()).isEqualTo(true);
        assertThat(service("dashboard-gateway").get("ports").texts())
                .contains("127.0.0.1:5121:8080", "127.0.0.1:5122:8080");
    }

    @ParameterizedTest
    @MethodSource("ours")
    void oursHaveNoRights(String name) {
        Node service = service(name);
        assertThat(service.get("read_only").value()).isEqualTo(true);
        assertThat(service.get("cap_drop").texts()).containsExactly("ALL");
        assertThat(service.get("security_opt").texts()).contains("no-new-privileges:true");
        assertThat(service.at("environment/PEERSCOPE_KAFKA_INSTANCE").text()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void oursAreGivenOnlyWhatTheyRead(String name) {
        assertThat(service(name).get("environment").entries().map(Map.Entry::getKey))
                .allMatch(variable -> KnownSettings.variable(name, variable));
    }

    /** Health and metrics: to this machine at most, and Prometheus asks there. */
    @ParameterizedTest
    @MethodSource("ours")
    void whatIsOfOperatorsIsOnAPortOfItsOwn(String name) {
        String port = service(name).at("environment/PEERSCOPE_OPERATOR_PORT").text();
        assertThat(port).matches("\\d+");
        assertThat(service(name).at("healthcheck/test").texts()).endsWith("Probe", port);
        Node prometheus = Node.documents(FOLDER.resolveSibling("prometheus/prometheus.yaml"))
                .getFirst();
        assertThat(prometheus.at("scrape_configs/0/static_configs/0/targets").texts())
                .contains(name + ":" + port);
    }

    @Test
    void whatIsSecretHasNoDefaultAndIsInNoFile() {
        String text = Node.text(FOLDER.resolve("compose.yaml"));
        List<MatchResult> secrets = VARIABLE.matcher(text)
                .results()
                .filter(match -> match.group(1).endsWith("_PASSWORD"))
                .toList();
        assertThat(secrets)
                .isNotEmpty()
                .allMatch(match -> match.group(2) != null
                        && (match.group(2).startsWith(":?") || match.group(2).equals(":-")));
        assertThat(text.lines().filter(line -> line.matches(".*(PASSWORD|TOKEN|SECRET): .*")))
                .allMatch(line -> line.contains("${"));
        assertThat(example().entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("_PASSWORD"))
                        .map(Map.Entry::getValue))
                .isNotEmpty()
                .allMatch(String::isEmpty);
        assertThat(Node.text(FOLDER.resolve(".gitignore"))).contains(".env", "credentials/");
    }

    @Test
    void theExampleNamesEveryVariableAndNoOther() {
        Set<String> used = VARIABLE.matcher(Node.text(FOLDER.resolve("compose.yaml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(example().keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void threeBrokersAskEachOther() {
        Node three = Node.documents(FOLDER.resolve("three-brokers.yaml")).getFirst();
        assertThat(three.get("services").entries().map(Map.Entry::getKey))
                .containsExactly("kafka", "kafka-2", "kafka-3");
        assertThat(three.get("services").entries().map(Map.Entry::getValue)).allSatisfy(broker -> {
            assertThat(broker.at("environment/KAFKA_MIN_INSYNC_REPLICAS").text())
                    .isEqualTo("2");
            assertThat(broker.at("environment/KAFKA_CONTROLLER_QUORUM_VOTERS")
                            .text()
                            .split(","))
                    .hasSize(3);
        });
        assertThat(three.get("services").entries().map(one -> one.getValue()
                        .at("environment/KAFKA_NODE_ID")
                        .text()))
                .containsExactly("", "2", "3");
    }

    @Test
    void prepareMakesSecretsThatNobodyElseHas(@TempDir Path folder) throws IOException, InterruptedException {
        Process prepare = new ProcessBuilder(FOLDER.resolve("prepare").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(prepare.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(prepare.waitFor()).as(said).isZero();
        for (String name : List.of("admin", "operator", "viewer", "fleet")) {
            assertThat(Secret.parse(
                            Files.readString(folder.resolve("credentials").resolve(name))
                                    .strip()))
                    .isPresent();
        }
        assertThat(Files.readAllLines(folder.resolve(".env")))
                .anyMatch(line -> line.matches("PEERSCOPE_DATABASE_PASSWORD=[0-9a-f]{48}"))
                .anyMatch(line -> line.matches("PEERSCOPE_UID=[1-9]\\d*"));
    }

    private static Node service(String name) {
        return COMPOSE.get("services").get(name);
    }

    /** Also what is commented. */
    private static Map<String, String> example() {
        return Node.text(FOLDER.resolve(".env.example"))
                .lines()
                .map(line -> line.replaceFirst("^# ", ""))
                .filter(line -> line.matches("[A-Z][A-Z0-9_]+=\\S*"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1]));
    }
}
