package io.peerscope.cli.command;

import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.check.Capacity;
import io.peerscope.cli.report.Console;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "capacity",
        description = "What a number of hosts needs, by what was measured (docs/scaling.md); asks no server.")
final class CapacityCommand implements Callable<Integer> {
    private static final double GIB = 1L << 30;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--hosts", required = true, paramLabel = "N", description = "How many hosts report")
    private long hosts;

    @Option(names = "--fields", paramLabel = "N", defaultValue = "20", description = "Fields of a report (default: 20)")
    private int fields;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "From one report to the next (default: 5)")
    private int interval;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Reports in one request, as a collector gathers them (default: 1)")
    private int batch;

    @Option(
            names = "--raw",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "How long raw points are kept (default: 24)")
    private int rawHours;

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "3", description = "Replicas on Kafka (default: 3)")
    private int replicas;

    @Override
    public Integer call() {
        if (hosts < 1 || fields < 1 || interval < 1 || batch < 1 || rawHours < 1 || replicas < 1) {
            throw Failure.usage("every number must be at least 1", "peerscope capacity --help lists them.");
        }
        Capacity.Needs needs = Capacity.of(new Capacity.Load(
                hosts, fields, Duration.ofSeconds(interval), batch, Duration.ofHours(rawHours), replicas));
        Console console = output.console();
        if (console.json()) {
            console.document(needs);
            return ExitCode.OK.number();
        }
        line(console, "samples a second", "%,.0f", needs.samplesPerSecond());
        line(console, "requests a second", "%,.0f", needs.requestsPerSecond());
        line(console, "cores, all together", "%,.1f   twice what was measured for such requests", needs.cores());
        line(console, "disk of all brokers", "%,.1f GiB   48 h of metrics.points", needs.kafkaBytes() / GIB);
        line(console, "disk of raw points", "%,.1f GiB", needs.rawBytes() / GIB);
        line(console, "disk of minutes", "%,.1f GiB   roll-ups of 7 days", needs.minuteBytes() / GIB);
        line(console, "partitions, at least", "%,.0f", needs.partitions());
        line(console, "ingest-services", "%,.0f   at least, for the number of series", needs.ingestInstances());
        if (!needs.measured()) {
            console.line("");
            console.line(
                    "Nothing of this size was ever measured: this is arithmetic. docs/scaling.md says what breaks first.");
        }
        return ExitCode.OK.number();
    }

    private static void line(Console console, String what, String format, double value) {
        console.line("%-22s ".formatted(what) + String.format(Locale.ROOT, format, value));
    }
}
