package io.peerscope.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.load.Drain;
import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.probe.Latencies;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
    private static final Distribution.Summary SOME = new Distribution.Summary(239, 41.4, 88, 120.6, 300);
    private static final Usage USAGE = new Usage(
            20,
            Map.of("standalone", new Usage.Program(12, 700L << 20), Usage.GENERATOR, new Usage.Program(2, 90L << 20)),
            4,
            0);
    private static final RunResult RUN = new RunResult(
            Instant.parse("2026-11-21T12:00:00Z"),
            new Commit("abc123", false),
            new Machine("a processor", 2, 8L << 30, "Linux 6", "25", "0.10 0.20 0.30 1/99 4242"),
            Map.of("seed", "1"),
            USAGE,
            List.of(new LatencyPhase(
                    "under load",
                    new Sent(60, 3000, 3_000_000, SOME, 0, 0),
                    new Latencies(240, SOME, Map.of("alerts.events", SOME), SOME, SOME, SOME),
                    USAGE)),
            List.of(new ThroughputPhase(
                    4,
                    1000,
                    new Sent(10, 4000, 4_000_000, SOME, 3, 1),
                    Map.of(Drain.STORED, 16.0, Drain.JUDGED, 20.0),
                    USAGE,
                    new Stored(3_999_999, 60_000_000))));

    @TempDir
    private Path folder;

    @Test
    void throughputIsToldByStage() {
        assertThat(lines())
                .contains(
                        "samples/s accepted 400,000",
                        "samples/s stored 250,000",
                        "samples/s rolled up not in time",
                        "samples/s judged by rules 200,000",
                        "samples missing in the database 1",
                        "bytes a sample in raw_point 15.00",
                        "requests refused, without answer 3, 1");
    }

    @Test
    void costsAreToldByProgram() {
        assertThat(lines())
                .contains(
                        "all but the generator 3.00",
                        "standalone 3.00",
                        "generator 0.50",
                        "cores used, services / others 0.60 / 0.20");
    }

    @Test
    void latenciesAreToldWithWhatWasLost() {
        assertThat(lines())
                .contains("under load, 50,000 samples/s:")
                .contains("to the webhook 41 88 121 300 239 1")
                .contains("to alerts.events 41 88 121 300 239 1");
    }

    @Test
    void theFileHasEverything() throws IOException {
        Path file = RUN.writeTo(folder);

        assertThat(file).hasFileName("20261121T120000Z.json");
        JsonNode json = Json.mapper().readTree(file.toFile());
        assertThat(json.at("/throughputs/0/through/stored").asDouble()).isEqualTo(16);
        assertThat(json.at("/latencies/0/latencies/webhook/p99").asDouble()).isEqualTo(120.6);
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    }

    /** Without the columns' padding. */
    private static List<String> lines() {
        return new TextReport(RUN)
                .text()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }
}
