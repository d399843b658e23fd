package io.peerscope.ingest.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes itself and writes to our door; skipped where there is none. */
class PrometheusClientTest {
    private static final String CONFIG = """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: prometheus
            static_configs:
              - targets: ["127.0.0.1:%1$d"]
                labels: {host: h1}
        remote_write:
          - url: %2$s
            authorization: {credentials: fleet}
            queue_config: {batch_send_deadline: 1s}
            metadata_config: {send_interval: 1s}
        """;

    private final FakeBatchLog log = new FakeBatchLog();

    private static Optional<Path> prometheus() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Optional<Point> newest(String field) {
        return log.appended.reversed().stream()
                .flatMap(batch -> batch.points().stream())
                .filter(point -> point.shape().indexOf(field) >= 0)
                .findFirst();
    }

    private FieldType type(String field) {
        return newest(field)
                .map(point -> point.shape().type(point.shape().indexOf(field)))
                .orElse(FieldType.UNKNOWN);
    }

    @Test
    void whatPrometheusScrapesArrives(@TempDir Path folder) throws Exception {
        Optional<Path> program = prometheus();
        assumeTrue(program.isPresent(), "no program prometheus on PATH; Debian's package of that name has it");
        try (Door door =
                new Door(log, HttpLimits.standard(), 64 << 20, UnaryOperator.identity(), System::currentTimeMillis)) {
            int port = freePort();
            Path config = folder.resolve("prometheus.yml");
            Files.writeString(config, CONFIG.formatted(port, door.address(RemoteWriteProtocol.PATH)));
            Process process = new ProcessBuilder(List.of(
                            program.get().toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                await("in " + folder.resolve("log"))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> type("prometheus_tsdb_head_samples_appended_total") == FieldType.COUNTER
                                && type("go_goroutines") == FieldType.GAUGE
                                && type("prometheus_http_request_duration_seconds_bucket") == FieldType.COUNTER);
            } finally {
                process.destroy();
                process.waitFor();
            }
            await().until(() -> door.inFlight.requests() == 0);
            assertThat(door.meter.of("rejected")).as("%s", door.meter).isZero();
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        }
        Point goroutines = newest("go_goroutines").orElseThrow();
        assertThat(goroutines.subject().host()).isEqualTo("h1");
        assertThat(goroutines.subject().kind()).isEqualTo("host");
        assertThat(goroutines.subject().labels().asMap())
                .containsEntry("job", "prometheus")
                .containsKey("instance");
        assertThat(goroutines.shape().size())
                .as("series without further labels are one point")
                .isGreaterThan(50);
        Point bucket = newest("prometheus_http_request_duration_seconds_bucket").orElseThrow();
        assertThat(bucket.subject().labels().asMap()).containsKeys("handler", "le");
    }
}
