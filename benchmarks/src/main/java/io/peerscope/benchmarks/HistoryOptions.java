package io.peerscope.benchmarks;

import io.peerscope.embedded.PostgresOptions.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run history} takes. */
@Command(
        name = "benchmarks/run history",
        sortOptions = false,
        showDefaultValues = true,
        description = "Stores a past of some length with the query API's own code, and asks it what dashboards ask.")
final class HistoryOptions {
    @Option(
            names = "--samples",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000000,100000000",
            description = "Raw samples; growing, each adds to the one before. 345 600 are a host's 24 h")
    private List<Long> samples = List.of();

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "12",
            description = "Points of a host in a record; so many rows of a host lie together")
    private int points;

    @Option(names = "--asked", paramLabel = "N", defaultValue = "200", description = "Answers to each question")
    private int asked;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long each question is asked before its answers count")
    private int warmUp;

    @Option(names = "--plain", description = "PostgreSQL without TimescaleDB")
    private boolean plain;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Other values for another seed")
    private long seed;

    @Option(
            names = "--java-options",
            paramLabel = "TEXT",
            defaultValue = "-Xmx512m -XX:+UseParallelGC",
            description = "Of the query API")
    private String javaOptions = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/history/data",
            description = "Emptied before and after")
    private Path data = Path.of("");

    @Option(names = "--keep", description = "Leave the data there")
    private boolean keep;

    @Option(names = "--again", description = "Only ask, of what a run with --keep has left, with the same --samples")
    private boolean again;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this")
    private boolean help;

    /** What is wrong with them together; empty where nothing is. */
    Optional<String> objection() {
        boolean growing = IntStream.range(1, samples.size()).allMatch(i -> samples.get(i - 1) < samples.get(i));
        if (samples.isEmpty() || samples.getFirst() < 1 || !growing) {
            return Optional.of("--samples must be growing numbers");
        }
        return points < 1 || asked < 1 || warmUp < 0
                ? Optional.of("--points and --asked must be at least 1, --warm-up at least 0")
                : Optional.empty();
    }

    /** With --again only the last. */
    List<Long> samples() {
        return again ? List.of(samples.getLast()) : samples;
    }

    int points() {
        return points;
    }

    int asked() {
        return asked;
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    Wanted flavour() {
        return plain ? Wanted.PLAIN : Wanted.TIMESCALE_IF_AVAILABLE;
    }

    long seed() {
        return seed;
    }

    List<String> javaOptions() {
        return List.of(javaOptions.split(" +"));
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    boolean keep() {
        return keep || again;
    }

    boolean again() {
        return again;
    }

    /** What was there yesterday is still there. */
    Map<String, String> settings() {
        return Map.of("peerscope.query.retention.raw", Duration.ofDays(2).toString());
    }

    /** For the record. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "samples", samples.toString(),
                "points", Integer.toString(points),
                "asked", Integer.toString(asked),
                "warm-up", Integer.toString(warmUp),
                "plain", Boolean.toString(plain),
                "seed", Long.toString(seed),
                "java-options", javaOptions,
                "again", Boolean.toString(again)));
    }
}
