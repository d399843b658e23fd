package io.peerscope.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestReportTest {
    @Test
    void aTableForEachFormatWithAColumnForEachServer() {
        Map<String, Usage.Program> ours = new LinkedHashMap<>();
        ours.put("ingest", new Usage.Program(3, 200 << 20));
        ours.put("broker", new Usage.Program(1, 300 << 20));
        ours.put(Usage.GENERATOR, new Usage.Program(2, 100 << 20));
        Map<String, Usage.Program> others =
                Map.of("prometheus", new Usage.Program(6, 400 << 20), Usage.GENERATOR, new Usage.Program(2, 100 << 20));
        String text = new IngestReport(new IngestResult(
                        Instant.EPOCH,
                        new Commit("abc", false),
                        new Machine("a processor", 2, 4L << 30, "Linux", "25", "0.1"),
                        Map.of("hosts", "1000"),
                        List.of(phase("peerscope", "", ours), phase("prometheus", "2.42.0", others))))
                .text();

        assertThat(text.replaceAll(" +", " "))
                .contains("rw1000 peerscope prometheus 2.42.0")
                .contains("samples/s accepted 1,000,000 1,000,000")
                .contains("CPU seconds per million samples 0.40 0.60")
                .contains("of these ingest 0.30, broker 0.10 0.60")
                .contains("samples missing afterwards 5 5")
                .contains("bytes a sample on disk 2.00 2.00")
                .contains("cores: server / generator / others 0.40 / 0.20 / 0.50");
    }

    private static IngestPhase phase(String server, String version, Map<String, Usage.Program> programs) {
        Sent sent = new Sent(10, 10_000, 10_000_000, new Distribution.Summary(10_000, 4, 5, 6, 7), 0, 0);
        Usage usage = new Usage(10, programs, 5, 0);
        return new IngestPhase("rw1000", server, version, sent, usage, 15_000_005, 15_000_000, 30_000_000);
    }
}
