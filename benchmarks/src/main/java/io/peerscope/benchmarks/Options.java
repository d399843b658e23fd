package io.peerscope.benchmarks;

import io.peerscope.benchmarks.load.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code benchmarks/run} takes. Seconds are whole; 0 leaves a phase out. */
@Command(
        name = "benchmarks/run",
        sortOptions = false,
        showDefaultValues = true,
        description = "Loads a Peerscope and prints what goes through, what it costs and how soon somebody is told.")
final class Options {
    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "40",
            description = "Load before anything is measured")
    private int warmUp;

    @Option(
            names = "--paced",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Latency at the reference load: 200 hosts x 20 fields every 5 s")
    private int paced;

    @Option(names = "--loaded", paramLabel = "SECONDS", defaultValue = "60", description = "Latency at --background")
    private int loaded;

    @Option(
            names = "--background",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Samples/s while latency is measured under load")
    private int background;

    @Option(names = "--saturated", paramLabel = "SECONDS", defaultValue = "30", description = "Each run at full speed")
    private int saturated;

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "CxP",
            defaultValue = "4x50,4x1,64x1",
            converter = ShapeConverter.class,
            description = "At full speed: connections x points of 20 fields a request")
    private List<Shape> shapes = List.of();

    @Option(names = "--hosts", paramLabel = "N", defaultValue = "1000", description = "Hosts in the crowd")
    private int hosts;

    @Option(
            names = "--probe-every",
            paramLabel = "MS",
            defaultValue = "250",
            description = "Time between breaching samples, at least 100")
    private int probeEvery;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait until everything is through")
    private int drain;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Other values for another seed")
    private long seed;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Measure a Peerscope that runs on this machine, instead of starting one")
    private @Nullable URI url;

    @Option(
            names = "--tokens",
            paramLabel = "DIR",
            description = "With --url: its folder with the tokens admin, fleet and viewer, such as data/credentials")
    private @Nullable Path tokens;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/data",
            description = "Data of the started one; emptied before")
    private Path data = Path.of("");

    @Option(names = "--keep", description = "Leave the data there")
    private boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this")
    private boolean help;

    @Option(
            names = "--jfr",
            description = "Record the services with Java Flight Recorder at full speed; costs a few percent")
    private boolean jfr;

    static final class ShapeConverter implements ITypeConverter<Shape> {
        @Override
        public Shape convert(String text) {
            try {
                return Shape.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** What is wrong with them together; empty where nothing is. */
    Optional<String> objection() {
        if ((url == null) != (tokens == null)) {
            return Optional.of("--url and --tokens go together");
        }
        if (probeEvery < 100) {
            return Optional.of("--probe-every must be at least 100: a channel takes 600 messages a minute at most");
        }
        int most = shapes.stream().mapToInt(Shape::connections).max().orElse(1);
        if (hosts < most) {
            return Optional.of("--hosts must be at least " + most + ", one for each connection");
        }
        return Optional.empty();
    }

    Installation installation() {
        URI given = url;
        Path folder = tokens;
        return given == null || folder == null
                ? Installation.start(data.toAbsolutePath().normalize(), keep)
                : Installation.at(given, folder);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    Duration paced() {
        return Duration.ofSeconds(paced);
    }

    Duration loaded() {
        return Duration.ofSeconds(loaded);
    }

    int background() {
        return background;
    }

    Duration saturated() {
        return Duration.ofSeconds(saturated);
    }

    List<Shape> shapes() {
        return shapes;
    }

    int hosts() {
        return hosts;
    }

    Duration probeEvery() {
        return Duration.ofMillis(probeEvery);
    }

    Duration drain() {
        return Duration.ofSeconds(drain);
    }

    long seed() {
        return seed;
    }

    boolean jfr() {
        return jfr;
    }

    /** For the record. */
    Map<String, String> described() {
        Map<String, Object> all = Map.of(
                "warm-up", warmUp,
                "paced", paced,
                "loaded", loaded,
                "background", background,
                "saturated", saturated,
                "hosts", hosts,
                "probe-every", probeEvery,
                "seed", seed,
                "jfr", jfr,
                "foreign", url != null);
        Map<String, String> described = new TreeMap<>();
        all.forEach((name, value) -> described.put(name, value.toString()));
        described.put("shapes", shapes.toString());
        return described;
    }
}
