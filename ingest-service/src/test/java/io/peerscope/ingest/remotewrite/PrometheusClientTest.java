package io.peerscope.ingest.remotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus that scrapes itself, or Netdata, and writes to our door; skipped where there is none. Version 2 of
 * remote write is spoken by Prometheus 3.
 */
class PrometheusClientTest {
    private static final String ITSELF = """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: prometheus
            static_configs:
              - targets: ["127.0.0.1:%1$d"]
                labels: {host: h1}
        """;

    /** As docs/ingest/netdata.md has it. */
    private static final String NETDATA = """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: netdata
            metrics_path: /api/v1/allmetrics
            params:
              format: [prometheus]
            # the name that Netdata gives for the instance is the host's, and so are its times
            honor_labels: true
            static_configs:
              - targets: ["127.0.0.1:%1$d"]
                labels: {host: h1}
        """;

    private static final String WRITE = """
        remote_write:
          - url: %s
            authorization: {credentials: fleet}
            queue_config: {batch_send_deadline: 1s}
        """;

    private static final String VERSION_1 = """
            metadata_config: {send_interval: 1s}
        """;

    private static final String VERSION_2 = """
            protobuf_message: io.prometheus.write.v2.Request
        """;

    private static final String NETDATA_CONFIG = """
        [global]
            run as user = %3$s
            hostname = h1
            update every = 1
        [directories]
            config = %1$s
            stock config = %1$s
            log = %1$s
            cache = %1$s
            lib = %1$s
            plugins = %1$s
            web = %1$s
        [db]
            mode = ram
        [ml]
            enabled = no
        [web]
            bind to = 127.0.0.1
            default port = %2$d
        """;

    private final FakeBatchLog log = new FakeBatchLog();

    private static Path program(String name) {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no program " + name + " on PATH; Debian's package of that name has it");
        return found.orElseThrow();
    }

    private static void assumeVersion3(Path prometheus) throws Exception {
        Process process = new ProcessBuilder(prometheus.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assumeTrue(said.contains("version 3."), "this Prometheus speaks no version 2 of remote write");
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
        int port = freePort();
        arrives(folder, port, ITSELF.formatted(port), VERSION_1);
        looksLikePrometheus();
    }

    @Test
    void soItDoesInVersion2(@TempDir Path folder) throws Exception {
        assumeVersion3(program("prometheus"));
        int port = freePort();
        arrives(folder, port, ITSELF.formatted(port), VERSION_2, "--enable-feature=metadata-wal-records");
        looksLikePrometheus();
    }

    @Test
    void whatNetdataOffersArrivesByPrometheus(@TempDir Path folder) throws Exception {
        Path netdata = program("netdata");
        int port = freePort();
        Path config = Files.createDirectories(folder.resolve("netdata"));
        Files.writeString(
                config.resolve("netdata.conf"),
                NETDATA_CONFIG.formatted(config, port, System.getProperty("user.name")));
        Process process = start(
                folder.resolve("netdata.log"), netdata.toString(), "-D", "-c", config.resolve("netdata.conf") + "");
        try {
            String load = "netdata_system_load_load_average";
            withPrometheus(folder, freePort(), NETDATA.formatted(port), VERSION_1, () -> newest(load)
                    .isPresent());
            Point point = newest(load).orElseThrow();
            assertThat(point.subject().host()).isEqualTo("h1");
            assertThat(point.subject().labels().asMap())
                    .containsEntry("chart", "system.load")
                    .containsKeys("dimension", "family");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void arrives(Path folder, int port, String scrape, String version, String... options) throws Exception {
        withPrometheus(
                folder,
                port,
                scrape,
                version,
                () -> type("prometheus_tsdb_head_samples_appended_total") == FieldType.COUNTER
                        && type("go_goroutines") == FieldType.GAUGE
                        && type("prometheus_http_request_duration_seconds_bucket") == FieldType.COUNTER,
                options);
    }

    private void withPrometheus(
            Path folder, int port, String scrape, String version, Callable<Boolean> arrived, String... options)
            throws Exception {
        Path program = program("prometheus");
        try (Door door =
                new Door(log, HttpLimits.standard(), 64 << 20, UnaryOperator.identity(), System::currentTimeMillis)) {
            Path config = folder.resolve("prometheus.yml");
            Files.writeString(config, scrape + WRITE.formatted(door.address(RemoteWriteProtocol.PATH)) + version);
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port));
            command.addAll(List.of(options));
            Process process = start(folder.resolve("log"), command.toArray(String[]::new));
            try {
                await("in " + folder.resolve("log"))
                        .atMost(Duration.ofSeconds(60))
                        .until(arrived);
            } finally {
                process.destroy();
                process.waitFor();
            }
            await().until(() -> door.inFlight.requests() == 0);
            assertThat(door.meter.of("rejected")).as("%s", door.meter).isZero();
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        }
    }

    private static Process start(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void looksLikePrometheus() {
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
