package io.peerscope.benchmarks.report;

import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where all numbers of a run are kept. */
final class ResultFile {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private ResultFile() {}

    /**
     * @param prefix of its name, before the time
     * @param at of the run
     */
    static Path write(Path folder, String prefix, Instant at, Object result) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(prefix + TIME.format(at) + ".json");
        Files.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        return file;
    }
}
