package io.peerscope.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run sockets} takes. */
@Command(
        name = "benchmarks/run sockets",
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Opens many clients of /monitor: what they cost, how soon they hear, and what those cost that stop reading.")
final class SocketsOptions {
    @Option(names = "--clients", paramLabel = "N", defaultValue = "2000", description = "That read")
    private int clients;

    @Option(
            names = "--stalled",
            paramLabel = "N",
            defaultValue = "1000",
            description = "That stop reading, beside as many that read; 0 leaves this out")
    private int stalled;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "1", description = "Frames a second to each client")
    private int rate;

    @Option(names = "--bytes", paramLabel = "N", defaultValue = "1024", description = "Of a frame, at least 700")
    private int bytes;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30", description = "Each phase is watched")
    private int seconds;

    @Option(
            names = "--java-options",
            paramLabel = "TEXT",
            defaultValue = "-Xmx256m -XX:+UseSerialGC",
            description = "Of the gateway")
    private String javaOptions = "";

    @Option(
            names = "--record",
            paramLabel = "FILES",
            description = "Writes flight recordings of the first phase to FILES-<program>.jfr")
    private Optional<Path> recordings = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/sockets/data",
            description = "Emptied before and after")
    private Path data = Path.of("");

    @Option(names = "--help", usageHelp = true, description = "This")
    private boolean help;

    Optional<String> objection() {
        if (clients < 1 || clients + 2 * stalled > 10_000 || stalled < 0) {
            return Optional.of("--clients is at least 1, and with twice --stalled at most 10000");
        }
        return rate < 1 || bytes < 700 || seconds < 1
                ? Optional.of("--rate and --seconds are at least 1, --bytes at least 700")
                : Optional.empty();
    }

    int clients() {
        return clients;
    }

    int stalled() {
        return stalled;
    }

    int rate() {
        return rate;
    }

    int bytes() {
        return bytes;
    }

    int seconds() {
        return seconds;
    }

    List<String> javaOptions() {
        return List.of(javaOptions.split(" +"));
    }

    Optional<Path> recordings() {
        return recordings;
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** For the record. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "clients", Integer.toString(clients),
                "stalled", Integer.toString(stalled),
                "rate", Integer.toString(rate),
                "bytes", Integer.toString(bytes),
                "java-options", javaOptions));
    }
}
