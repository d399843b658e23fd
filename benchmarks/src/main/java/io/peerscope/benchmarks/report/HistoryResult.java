package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run of {@code history} found out.
 *
 * @param options that it was made with
 */
public record HistoryResult(
        Instant at, Commit commit, Machine machine, Map<String, String> options, List<HistoryPhase> phases) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'history-'yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** @return the file, named by the time of the run */
    public Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME.format(at) + ".json");
        Files.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        return file;
    }
}
