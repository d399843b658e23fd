package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Grafana's dashboards and Prometheus' rules ask for what there is. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class DashboardsStoryTest {
    private static final Path DEPLOY = SourceTree.root().resolve("deploy");
    private static final Pattern METRIC = Pattern.compile("\\b(?:peerscope|jvm|process|http_server)_[a-z_]+\\b");
    private static final Pattern EXPOSED = Pattern.compile("^([a-z_]+)(?:\\{| )", Pattern.MULTILINE);

    @Test
    void everyMetricThatIsAskedForIsExposed(PeerscopeProcess peerscope) throws IOException {
        Api viewer = peerscope.api("viewer");
        viewer.get("/api/v1/metrics/realtime");
        Set<String> exposed = EXPOSED.matcher(viewer.get("/metrics").text())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        for (String file : List.of("grafana/dashboards/suite.json", "prometheus/rules/suite.yaml")) {
            METRIC.matcher(Files.readString(DEPLOY.resolve(file))).results().forEach(name -> asked.add(name.group()));
        }
        assertThat(asked).hasSizeGreaterThan(20).isSubsetOf(exposed);
    }

    @Test
    void everyQueryOfTheNetworksBoardRuns(PeerscopeProcess peerscope) throws IOException, SQLException {
        peerscope
                .api("fleet")
                .post(
                        "/api/v1/ingest",
                        Map.of(
                                "host",
                                "on-a-board",
                                "points",
                                List.of(Map.of(
                                        "kind", "connection",
                                        "labels", Map.of("peer", "other"),
                                        "fields", Map.of("latency_ms", 12.5, "bytes_sent", 100),
                                        "states", Map.of("connection_state", "connected")))));
        peerscope.api("viewer").strong().get("/api/v1/hosts/on-a-board/ledger");
        JsonNode board =
                Json.mapper().readTree(Files.readString(DEPLOY.resolve("grafana/dashboards/p2p-network.json")));
        assertThat(board.findValuesAsText("title"))
                .contains("Connection overview", "Performance", "Connection pool", "Top peers");
        List<String> queries = board.findValuesAsText("rawSql");
        assertThat(queries).hasSizeGreaterThan(10);
        try (Connection connection = peerscope.database().connect();
                Statement statement = connection.createStatement()) {
            for (String query : queries) {
                statement.executeQuery(
                        query.replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 > now() - interval '1 hour'"));
            }
        }
    }
}
