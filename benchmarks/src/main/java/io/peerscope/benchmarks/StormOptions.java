package io.peerscope.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run storm} takes. */
@Command(
        name = "benchmarks/run storm",
        sortOptions = false,
        showDefaultValues = true,
        description = "Fires many alerts within a second and looks who is told what, beside a channel that hangs.")
final class StormOptions {
    @Option(names = "--alerts", paramLabel = "N", defaultValue = "10000", description = "That fire within a second")
    private int alerts;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long the quiet channel is watched alone, and beside one that hangs")
    private int calmSeconds;

    @Option(
            names = "--java-options",
            paramLabel = "TEXT",
            defaultValue = "-Xmx256m -XX:+UseSerialGC",
            description = "Of the notifier")
    private String javaOptions = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/storm/data",
            description = "Emptied before and after")
    private Path data = Path.of("");

    @Option(names = "--help", usageHelp = true, description = "This")
    private boolean help;

    Optional<String> objection() {
        return alerts < 1 || alerts > 100_000 ? Optional.of("--alerts is 1 to 100000") : Optional.empty();
    }

    int alerts() {
        return alerts;
    }

    int calmSeconds() {
        return calmSeconds;
    }

    List<String> javaOptions() {
        return List.of(javaOptions.split(" +"));
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** For the record. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of("alerts", Integer.toString(alerts), "java-options", javaOptions));
    }
}
