package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.load.Drain;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run for a person to read. */
public final class TextReport {
    private static final String UNKNOWN = "-";

    private final RunResult run;

    public TextReport(RunResult run) {
        this.run = run;
    }

    public String text() {
        return List.of(head(), latencies(), throughputs(), idle()).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private String head() {
        return Head.text(run.commit(), run.at(), run.machine());
    }

    private String latencies() {
        if (run.latencies().isEmpty()) {
            return "";
        }
        Table table =
                new Table().row("ms from the POST of a breaching sample", "p50", "p90", "p99", "max", "n", "lost");
        for (LatencyPhase phase : run.latencies()) {
            table.row("%s, %s samples/s:"
                    .formatted(phase.name(), whole(phase.sent().acceptedPerSecond())));
            int probes = phase.latencies().probes();
            latency(table, "to its 200", phase.latencies().acknowledged(), probes);
            phase.latencies().onTheWay().forEach((topic, found) -> latency(table, "to " + topic, found, probes));
            latency(table, "to the webhook", phase.latencies().webhook(), probes);
            latency(table, "to /monitor: alert", phase.latencies().alertFrame(), probes);
            latency(table, "to /monitor: hosts", phase.latencies().hostFrame(), probes);
            table.row("  cores used, services / others: " + cores(phase.usage()));
        }
        return table.text();
    }

    private static void latency(Table table, String name, Distribution.Summary found, int probes) {
        table.row(
                "  " + name,
                whole(found.p50()),
                whole(found.p90()),
                whole(found.p99()),
                whole(found.max()),
                Integer.toString(found.n()),
                Integer.toString(probes - found.n()));
    }

    private String throughputs() {
        if (run.throughputs().isEmpty()) {
            return "";
        }
        Table table = new Table();
        row(table, "connections x samples a request", p -> p.connections() + " x " + p.samplesPerRequest());
        row(table, "samples/s accepted", p -> whole(p.sent().acceptedPerSecond()));
        row(table, "samples/s stored", p -> maybe(p.storedPerSecond()));
        row(table, "samples/s rolled up", p -> maybe(p.perSecond(Drain.ROLLED_UP)));
        row(table, "samples/s judged by rules", p -> maybe(p.perSecond(Drain.JUDGED)));
        row(table, "samples accepted, million", p -> decimal(p.sent().acceptedSamples() / 1e6));
        row(table, "samples missing in the database", p -> p.storage()
                .map(stored -> Long.toString(p.sent().acceptedSamples() - stored.samples()))
                .orElse(UNKNOWN));
        row(table, "bytes a sample in raw_point", p -> p.storage()
                .map(stored -> decimal(stored.bytes() / (double) stored.samples()))
                .orElse(UNKNOWN));
        row(
                table,
                "requests refused, without answer",
                p -> p.sent().refusedRequests() + ", " + p.sent().brokenConnections());
        row(
                table,
                "ms to the 200, p50 / p99",
                p -> whole(p.sent().acknowledged().p50()) + " / "
                        + whole(p.sent().acknowledged().p99()));
        table.row("CPU seconds per million samples:");
        row(
                table,
                "  all but the generator",
                p -> p.usage().knowsServices() ? decimal(p.perMillion(p.usage().servingCpuSeconds())) : UNKNOWN);
        for (String name : run.idle().programs().keySet()) {
            row(
                    table,
                    "  " + name,
                    p -> decimal(p.perMillion(program(p.usage(), name).cpuSeconds())));
        }
        table.row("peak memory, MiB:");
        for (String name : run.idle().programs().keySet()) {
            row(table, "  " + name, p -> Long.toString(program(p.usage(), name).peakBytes() >> 20));
        }
        row(table, "cores used, services / others", p -> cores(p.usage()));
        return table.text();
    }

    private void row(Table table, String name, Function<ThroughputPhase, String> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        run.throughputs().forEach(phase -> cells.add(value.apply(phase)));
        table.row(cells);
    }

    private String idle() {
        return "Idle, in thousandths of a core: "
                + run.idle().programs().entrySet().stream()
                        .map(program -> program.getKey() + " "
                                + whole(1000
                                        * program.getValue().cpuSeconds()
                                        / run.idle().seconds()))
                        .collect(Collectors.joining(", "));
    }

    private static String cores(Usage usage) {
        return usage.knowsServices()
                ? decimal(usage.servingCpuSeconds() / usage.seconds()) + " / "
                        + decimal(usage.otherCpuSeconds() / usage.seconds())
                : UNKNOWN;
    }

    private static Usage.Program program(Usage usage, String name) {
        return usage.programs().getOrDefault(name, new Usage.Program(0, 0));
    }

    private static String maybe(OptionalDouble value) {
        return value.isPresent() ? whole(value.getAsDouble()) : "not in time";
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
