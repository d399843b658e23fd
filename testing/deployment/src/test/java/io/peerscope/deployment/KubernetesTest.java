package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/kubernetes, rendered: PodSecurity restricted, probes, budgets, secrets by reference, topics as the catalogue says. */
class KubernetesTest {
    private static final Path OVERLAYS = SourceTree.root().resolve("deploy/kubernetes/overlays");
    private static final Set<String> ALLOWED_VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void kubectlRendersTheSame(String overlay) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
                "kubectl is not installed");
        Process kubectl = new ProcessBuilder(
                        "kubectl", "kustomize", OVERLAYS.resolve(overlay).toString())
                .start();
        String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).isZero();
        assertThat(byName(Node.documents(rendered))).isEqualTo(byName(Overlay.render(OVERLAYS.resolve(overlay))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void everyPodIsRestricted(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        assertThat(objects.stream()
                        .filter(object -> object.kind().equals("Namespace"))
                        .map(object -> object.at("metadata/labels")
                                .get("pod-security.kubernetes.io/enforce")
                                .text()))
                .containsExactly("restricted");
        assertThat(workloads(objects)).hasSize(6).allSatisfy(workload -> {
            Node pod = workload.at("spec/template/spec");
            assertThat(pod.get("automountServiceAccountToken").value()).isEqualTo(false);
            assertThat(pod.at("securityContext/runAsNonRoot").value()).isEqualTo(true);
            assertThat(pod.at("securityContext/seccompProfile/type").text()).isEqualTo("RuntimeDefault");
            assertThat(List.of("hostNetwork", "hostPID", "hostIPC"))
                    .noneMatch(word -> pod.get(word).exists());
            assertThat(pod.get("volumes").elements()).allSatisfy(volume -> assertThat(
                            volume.entries().map(Map.Entry::getKey).filter(name -> !name.equals("name")))
                    .allMatch(ALLOWED_VOLUMES::contains));
            assertThat(pod.get("containers").elements()).allSatisfy(container -> {
                Node security = container.get("securityContext");
                assertThat(security.get("allowPrivilegeEscalation").value()).isEqualTo(false);
                assertThat(security.get("readOnlyRootFilesystem").value()).isEqualTo(true);
                assertThat(security.at("capabilities/drop").texts()).containsExactly("ALL");
                assertThat(container.at("resources/limits/memory").exists()).isTrue();
                assertThat(container.at("resources/requests/cpu").exists()).isTrue();
                assertThat(container.get("image").text()).matches(".+:[^:]+").doesNotEndWith(":latest");
            });
        });
    }

    /** A pod that restores its state for minutes is not ready; only one whose loops are dead may be killed. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void probesDoNotKillWhatRestores(String overlay) {
        assertThat(workloads(Overlay.render(OVERLAYS.resolve(overlay)))).allSatisfy(workload -> {
            Node container = workload.at("spec/template/spec/containers/0");
            assertThat(container.at("livenessProbe/httpGet/path").text()).isEqualTo("/q/health/live");
            assertThat(container.at("startupProbe/httpGet/path").text()).isEqualTo("/q/health/live");
            assertThat(container.at("readinessProbe/httpGet/path").text()).isEqualTo("/q/health/ready");
            assertThat(Stream.of("livenessProbe", "startupProbe", "readinessProbe")
                            .map(probe ->
                                    container.get(probe).at("httpGet/scheme").text()))
                    .containsOnly("HTTPS");
            assertThat(Stream.of("livenessProbe", "startupProbe", "readinessProbe")
                            .map(probe ->
                                    container.get(probe).at("httpGet/port").text()))
                    .containsOnly("operator");
            assertThat(container.at("livenessProbe/failureThreshold").number()
                            * container.at("livenessProbe/periodSeconds").number())
                    .isGreaterThanOrEqualTo(60);
        });
    }

    /** Health and metrics have a port that no Service and no Ingress knows. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void whatIsOfOperatorsIsOnAPortOfItsOwn(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        String port = shared(objects).getProperty("peerscope.operator.port");
        assertThat(workloads(objects)).allSatisfy(workload -> {
            assertThat(workload.at("spec/template/metadata/annotations")
                            .get("prometheus.io/port")
                            .text())
                    .isEqualTo(port);
            assertThat(workload.at("spec/template/spec/containers/0/ports").elements())
                    .anyMatch(one -> one.get("name").text().equals("operator")
                            && one.get("containerPort").text().equals(port));
        });
        assertThat(objects.stream()
                        .filter(object -> Set.of("Service", "Ingress").contains(object.kind())))
                .isNotEmpty()
                .noneMatch(object -> object.toString().contains("operator")
                        || object.toString().contains(String.valueOf(port)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void eachHasABudgetIsSpreadAndKeepsItsState(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        Set<String> budgets = named(objects, "PodDisruptionBudget");
        Set<String> scaled = named(objects, "HorizontalPodAutoscaler");
        assertThat(workloads(objects)).allSatisfy(workload -> {
            assertThat(budgets).contains(workload.name());
            assertThat(workload.at("spec/template/spec/topologySpreadConstraints")
                            .elements())
                    .hasSize(2);
            boolean streams = Set.of("aggregator-streams", "alert-service", "notifier-service")
                    .contains(workload.name());
            assertThat(workload.kind()).isEqualTo(streams ? "StatefulSet" : "Deployment");
            assertThat(workload.at("spec/volumeClaimTemplates").exists()).isEqualTo(streams);
            assertThat(scaled.contains(workload.name())).isEqualTo(!streams);
        });
        if (overlay.equals("production")) {
            assertThat(workloads(objects))
                    .allMatch(workload -> workload.at("spec/replicas").number() >= 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void secretsAreReferredToAndSettingsAreRead(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        assertThat(objects).noneMatch(object -> object.kind().equals("Secret"));
        assertThat(workloads(objects)).allSatisfy(workload -> {
            String service = workload.name();
            assertThat(workload.at("spec/template/spec/containers/0/env").elements())
                    .filteredOn(variable -> variable.get("name").text().matches(".*(PASSWORD|TOKEN|SECRET|USERNAME).*"))
                    .isNotEmpty()
                    .allMatch(variable ->
                            variable.at("valueFrom/secretKeyRef/name").exists());
            assertThat(workload.at("spec/template/spec/containers/0/env").elements())
                    .filteredOn(variable -> variable.get("name").text().matches("(PEERSCOPE|QUARKUS)_.*"))
                    .allMatch(variable ->
                            KnownSettings.variable(service, variable.get("name").text()));
            Node own = config(objects, service);
            assertThat(own.get("data").entries().map(Map.Entry::getKey))
                    .allMatch(variable -> KnownSettings.variable(service, variable));
            assertThat(shared(objects).stringPropertyNames()).allMatch(name -> KnownSettings.property(service, name));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void nothingIsSaidInTheClear(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        Properties shared = shared(objects);
        assertThat(shared.getProperty("quarkus.http.insecure-requests")).isEqualTo("disabled");
        assertThat(shared.getProperty("peerscope.kafka.client.\"security.protocol\""))
                .isEqualTo("SSL");
        assertThat(shared.getProperty("peerscope.kafka.client.\"ssl.endpoint.identification.algorithm\""))
                .isEqualTo("https");
        assertThat(config(objects, "query-api")
                        .at("data/QUARKUS_DATASOURCE_JDBC_URL")
                        .text())
                .contains("sslmode=verify-full", "sslrootcert=");
        assertThat(config(objects, "dashboard-gateway")
                        .at("data/PEERSCOPE_GATEWAY_QUERY_API_URL")
                        .text())
                .startsWith("https://");
        Node kafka = one(objects, "Kafka");
        assertThat(kafka.at("spec/kafka/listeners").elements())
                .allMatch(listener -> listener.get("tls").text().equals("true")
                        && listener.at("authentication/type").text().equals("tls"));
        assertThat(kafka.at("spec/kafka/authorization/type").text()).isEqualTo("simple");
        assertThat(kafka.at("spec/kafka/config")
                        .get("allow.everyone.if.no.acl.found")
                        .value())
                .isEqualTo(false);
        assertThat(kafka.at("spec/kafka/config")
                        .get("auto.create.topics.enable")
                        .value())
                .isEqualTo(false);
        assertThat(objects.stream().filter(object -> object.kind().equals("Ingress")))
                .hasSize(2)
                .allMatch(ingress -> ingress.at("spec/tls/0/secretName").exists());
        assertThat(one(objects, "Cluster").at("spec/postgresql/pg_hba").texts())
                .contains("hostnossl all all all reject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void topicsAreThoseOfTheCatalogue(String overlay) {
        List<Node> objects = Overlay.render(OVERLAYS.resolve(overlay));
        Map<String, Node> topics = objects.stream()
                .filter(object -> object.kind().equals("KafkaTopic"))
                .collect(Collectors.toMap(Node::name, topic -> topic.get("spec")));
        Properties shared = shared(objects);
        int brokers = one(objects, "KafkaNodePool").at("spec/replicas").number();
        assertThat(topics.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Topic.all().stream().map(Topic::topicName).toList());
        for (Topic topic : Topic.all()) {
            Node spec = topics.getOrDefault(topic.topicName(), new Node(null));
            boolean byHost = topic.partitioning() == Topic.Partitioning.BY_HOST;
            assertThat(spec.get("partitions").text())
                    .as(topic.topicName())
                    .isEqualTo(byHost ? shared.getProperty("peerscope.kafka.partitions") : "1");
            assertThat(spec.get("replicas").text()).isEqualTo(shared.getProperty("peerscope.kafka.replication"));
            assertThat(spec.get("replicas").number()).isLessThanOrEqualTo(brokers);
            Node config = spec.get("config");
            String kept = Long.toString(topic.kept().toMillis());
            switch (topic.cleanup()) {
                case DELETE -> assertThat(config.get("retention.ms").text()).isEqualTo(kept);
                case COMPACT -> {
                    assertThat(config.get("cleanup.policy").text()).isEqualTo("compact");
                    assertThat(config.get("delete.retention.ms").text()).isEqualTo(kept);
                }
            }
            assertThat(config.get("min.insync.replicas").text()).isEqualTo(brokers >= 3 ? "2" : "1");
        }
    }

    private static Map<String, Object> byName(List<Node> objects) {
        Map<String, Object> map = new TreeMap<>();
        objects.forEach(object -> map.put(object.kind() + "/" + object.name(), String.valueOf(sorted(object.value()))));
        return map;
    }

    /** Whatever the order of its names. */
    private static Object sorted(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> {
                Map<String, Object> ordered = new TreeMap<>();
                map.forEach((name, one) -> ordered.put(String.valueOf(name), sorted(one)));
                yield ordered;
            }
            case List<?> list -> list.stream().map(KubernetesTest::sorted).toList();
            default -> value;
        };
    }

    static Properties shared(List<Node> objects) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(config(objects, "peerscope")
                    .get("data")
                    .get("peerscope.properties")
                    .text()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    private static Node config(List<Node> objects, String name) {
        return objects.stream()
                .filter(object ->
                        object.kind().equals("ConfigMap") && object.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node one(List<Node> objects, String kind) {
        return objects.stream()
                .filter(object -> object.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> named(List<Node> objects, String kind) {
        return objects.stream()
                .filter(object -> object.kind().equals(kind))
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    private static List<Node> workloads(List<Node> objects) {
        return objects.stream()
                .filter(object -> Set.of("Deployment", "StatefulSet").contains(object.kind()))
                .toList();
    }
}
