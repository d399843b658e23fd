package io.peerscope.benchmarks;

import io.peerscope.benchmarks.body.Fleet;
import io.peerscope.benchmarks.server.Format;
import io.peerscope.benchmarks.server.Product;
import io.peerscope.benchmarks.server.Programs;
import io.peerscope.benchmarks.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code benchmarks/run ingest} takes. */
@Command(
        name = "benchmarks/run ingest",
        sortOptions = false,
        showDefaultValues = true,
        description = "Sends the same bodies to Peerscope's ingest and to other servers, each alone on an empty folder,"
                + " and prints what they take and what it costs.")
final class IngestOptions {
    private static final int METRICS = 20;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            converter = ProductConverter.class,
            defaultValue = "peerscope,victoria-metrics,prometheus,influxdb",
            description = "Whom to measure; those that are not installed are left out")
    private List<Product> servers = List.of();

    @Option(
            names = "--formats",
            split = ",",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            defaultValue = "rw1000,rw20,line,proto,json",
            description =
                    "How samples are written: remote write with 1000 or 20 samples a request, line protocol, native"
                            + " protobuf and JSON")
    private List<Format> formats = List.of();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description = "Each with one request under way")
    private int connections;

    @Option(names = "--hosts", paramLabel = "N", defaultValue = "1000", description = "Each with 20 metrics")
    private int hosts;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "The same load before anything is measured; a JVM compiles all that time")
    private int warmUp;

    @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "15", description = "Each measurement")
    private int time;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Other values for another seed")
    private long seed;

    @Option(names = "--victoria-metrics", paramLabel = "FILE", description = "Its program, where it is not on the PATH")
    private @Nullable Path victoriaMetrics;

    @Option(names = "--prometheus", paramLabel = "FILE", description = "Its program, where it is not on the PATH")
    private @Nullable Path prometheus;

    @Option(names = "--influxdb", paramLabel = "FILE", description = "influxd 1.x, where it is not on the PATH")
    private @Nullable Path influxdb;

    @Option(
            names = "--java-options",
            paramLabel = "TEXT",
            defaultValue = "-Xmx512m -XX:+UseParallelGC",
            description = "Of our ingest process")
    private String javaOptions = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/ingest",
            description = "Data of the servers; emptied before and after each")
    private Path data = Path.of("");

    @Option(names = "--jfr", description = "Record our processes with Java Flight Recorder; costs a few percent")
    private boolean jfr;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this")
    private boolean help;

    static final class ProductConverter implements ITypeConverter<Product> {
        @Override
        public Product convert(String text) {
            return Arrays.stream(Product.values())
                    .filter(product -> product.word().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("a server is one of " + Product.words()));
        }
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return Arrays.stream(Format.values())
                    .filter(format -> format.word().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("a format is one of " + Arrays.toString(Format.values())));
        }
    }

    List<Product> products() {
        return servers;
    }

    List<Format> formats() {
        return formats;
    }

    Servers servers() {
        Map<Product, Path> named = new EnumMap<>(Product.class);
        name(named, Product.VICTORIA_METRICS, victoriaMetrics);
        name(named, Product.PROMETHEUS, prometheus);
        name(named, Product.INFLUXDB, influxdb);
        return new Servers(new Programs(named), List.of(javaOptions.split(" +")));
    }

    private static void name(Map<Product, Path> named, Product product, @Nullable Path file) {
        if (file != null) {
            named.put(product, file);
        }
    }

    Fleet fleet() {
        return new Fleet(hosts, METRICS, seed);
    }

    int connections() {
        return connections;
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    Duration time() {
        return Duration.ofSeconds(time);
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    boolean jfr() {
        return jfr;
    }

    /** For the record. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "connections", Integer.toString(connections),
                "hosts", Integer.toString(hosts),
                "warm-up", Integer.toString(warmUp),
                "time", Integer.toString(time),
                "seed", Long.toString(seed),
                "java-options", javaOptions,
                "jfr", Boolean.toString(jfr)));
    }
}
