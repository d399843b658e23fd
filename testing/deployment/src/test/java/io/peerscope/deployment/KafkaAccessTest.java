package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.process.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may do what on Kafka: the users of deploy/kubernetes against the catalogue of topics and ARCHITECTURE.md. */
class KafkaAccessTest {
    private static final Path ROOT = SourceTree.root();
    private static final List<Node> USERS = Node.documents(ROOT.resolve("deploy/kubernetes/base/users.yaml"));

    /** How ARCHITECTURE.md calls them. */
    private static final Map<String, String> WORDS = Map.of(
            "ingest", "ingest-service",
            "aggregator", "aggregator-streams",
            "alert", "alert-service",
            "notifier", "notifier-service",
            "query-api", "query-api",
            "materializer", "query-api",
            "gateway", "dashboard-gateway");

    private static final Pattern ROW =
            Pattern.compile("^\\| (`[a-z.]+`(?:, `[a-z.]+`)*) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`([a-z.]+)`");

    /** Operations on one thing. */
    private record Right(String type, String name, boolean prefix, Set<String> operations) {}

    @Test
    void eachServiceHasAUserWithItsOwnName() {
        assertThat(USERS)
                .allMatch(user -> user.at("spec/authentication/type").text().equals("tls"));
        assertThat(USERS.stream().map(Node::name)).containsExactlyInAnyOrderElementsOf(KnownSettings.services());
    }

    @Test
    void nobodyMayMakeOrChangeTopicsOrSeeAllOfThem() {
        assertThat(USERS).allSatisfy(user -> assertThat(rights(user)).allSatisfy(right -> {
            assertThat(right.operations()).doesNotContain("All", "ClusterAction", "AlterConfigs");
            assertThat(right.type()).isIn("topic", "group", "transactionalId");
            if (right.name().equals("*")) {
                assertThat(right.operations()).containsExactlyInAnyOrder("Describe", "DescribeConfigs");
            } else if (!right.prefix() && right.type().equals("topic")) {
                assertThat(right.operations()).isSubsetOf("Read", "Write");
                assertThat(Topic.all()).extracting(Topic::topicName).contains(right.name());
            }
        }));
    }

    /** The prefix of a Streams application is its own: no topic of the catalogue, and no other application, begins with it. */
    @Test
    void streamsOwnWhatBeginsWithTheirName() {
        Map<String, String> owners = Map.of(
                "aggregator-streams", Application.AGGREGATOR.id(),
                "alert-service", Application.ALERT.id(),
                "notifier-service", Application.NOTIFIER.id());
        for (Node user : USERS) {
            List<Right> prefixes = rights(user).stream().filter(Right::prefix).toList();
            String own = owners.getOrDefault(user.name(), "peerscope-query");
            assertThat(prefixes).allMatch(right -> right.name().startsWith(own));
            assertThat(Topic.all()).noneMatch(topic -> topic.topicName().startsWith(own));
            if (owners.containsKey(user.name())) {
                assertThat(rights(user))
                        .anyMatch(right -> right.type().equals("transactionalId")
                                && right.operations().contains("Write"));
                assertThat(rights(user))
                        .anyMatch(right -> right.type().equals("group")
                                && right.operations().contains("Read"));
            }
        }
    }

    @Test
    void rightsAreThoseThatTheArchitectureNames() {
        List<String> wrong = new ArrayList<>();
        List<MatchResult> rows = ROW.matcher(Node.text(ROOT.resolve("ARCHITECTURE.md")))
                .results()
                .toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (MatchResult row : rows) {
            List<String> topics = QUOTED.matcher(row.group(1))
                    .results()
                    .map(one -> one.group(1))
                    .toList();
            if (Topic.all().stream().map(Topic::topicName).toList().containsAll(topics)) {
                compare(topics, "Write", named(row.group(2)), wrong);
                compare(topics, "Read", named(row.group(3)), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyTopicHasSomebodyWhoWritesIt() {
        Set<String> written = USERS.stream()
                .flatMap(user -> rights(user).stream())
                .filter(right -> right.operations().contains("Write"))
                .map(Right::name)
                .collect(Collectors.toSet());
        // links.live is in the catalogue for what will be made of both sides of a link
        assertThat(Topic.all().stream().map(Topic::topicName).filter(name -> !written.contains(name)))
                .isSubsetOf("links.live");
    }

    /** Who writes a table may read it, too. */
    private static void compare(List<String> topics, String operation, Set<String> said, List<String> wrong) {
        Set<String> may = new TreeSet<>();
        for (Node user : USERS) {
            boolean holds = rights(user).stream()
                    .anyMatch(right ->
                            topics.contains(right.name()) && right.operations().contains(operation));
            boolean owns = operation.equals("Read")
                    && rights(user).stream()
                            .anyMatch(right -> topics.contains(right.name())
                                    && right.operations().contains("Write"));
            if (holds && (!owns || said.contains(user.name()))) {
                may.add(user.name());
            }
        }
        if (!may.equals(said)) {
            wrong.add("%s: %s is said of %s and allowed to %s".formatted(topics, operation, said, may));
        }
    }

    private static Set<String> named(String cell) {
        String plain = cell.replaceAll("\\([^)]*\\)", "");
        return WORDS.entrySet().stream()
                .filter(word -> plain.matches(".*\\b" + word.getKey() + "\\b.*"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Right> rights(Node user) {
        Map<String, Right> rights = new TreeMap<>();
        user.at("spec/authorization/acls").elements().forEach(acl -> {
            Right right = new Right(
                    acl.at("resource/type").text(),
                    acl.at("resource/name").text(),
                    acl.at("resource/patternType").text().equals("prefix"),
                    new TreeSet<>(acl.get("operations").texts()));
            assertThat(rights.put(right.type() + right.name(), right))
                    .as("twice: " + right)
                    .isNull();
        });
        return List.copyOf(rights.values());
    }
}
