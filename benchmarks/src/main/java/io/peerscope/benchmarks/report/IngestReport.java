package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run of {@code ingest} for a person to read: a table for each format, a column for each server. */
public final class IngestReport {
    private final IngestResult run;

    public IngestReport(IngestResult run) {
        this.run = run;
    }

    public String text() {
        List<String> parts = new ArrayList<>(List.of(head()));
        run.phases().stream()
                .map(IngestPhase::format)
                .distinct()
                .forEach(format -> parts.add(table(run.phases().stream()
                        .filter(phase -> phase.format().equals(format))
                        .toList())));
        return String.join("\n\n", parts) + "\n";
    }

    private String head() {
        return Head.text(run.commit(), run.at(), run.machine()) + "; " + run.options();
    }

    private static String table(List<IngestPhase> phases) {
        Table table = new Table();
        row(table, phases.getFirst().format(), phases, phase -> (phase.server() + " " + phase.version()).strip());
        row(table, "samples/s accepted", phases, phase -> whole(phase.sent().acceptedPerSecond()));
        row(table, "CPU seconds per million samples", phases, phase -> decimal(phase.cpuPerMillion()));
        row(
                table,
                "  of these",
                phases,
                phase -> services(phase, used -> decimal(phase.perMillion(used.cpuSeconds()))));
        row(
                table,
                "ms to the answer, p50 / p99",
                phases,
                phase -> decimal(phase.sent().acknowledged().p50()) + " / "
                        + decimal(phase.sent().acknowledged().p99()));
        row(
                table,
                "requests refused, without answer",
                phases,
                phase -> phase.sent().refusedRequests() + ", " + phase.sent().brokenConnections());
        row(table, "samples missing afterwards", phases, phase -> Long.toString(phase.missing()));
        row(table, "peak memory, MiB", phases, phase -> services(phase, used -> Long.toString(used.peakBytes() >> 20)));
        row(table, "bytes a sample on disk", phases, phase -> decimal(phase.diskBytesPerSample()));
        row(
                table,
                "cores: server / generator / others",
                phases,
                phase -> decimal(phase.usage().servingCpuSeconds()
                                / phase.usage().seconds()) + " / "
                        + decimal(generator(phase.usage()) / phase.usage().seconds()) + " / "
                        + decimal(
                                phase.usage().otherCpuSeconds() / phase.usage().seconds()));
        return table.text();
    }

    private static void row(Table table, String name, List<IngestPhase> phases, Function<IngestPhase, String> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        phases.forEach(phase -> cells.add(value.apply(phase)));
        table.row(cells);
    }

    /** One of each process, in their order. */
    private static String services(IngestPhase phase, Function<Usage.Program, String> value) {
        List<String> names = phase.usage().programs().keySet().stream()
                .filter(name -> !name.equals(Usage.GENERATOR))
                .toList();
        return names.stream()
                .map(name -> (names.size() > 1 ? name + " " : "")
                        + value.apply(phase.usage().programs().getOrDefault(name, new Usage.Program(0, 0))))
                .collect(Collectors.joining(", "));
    }

    private static double generator(Usage usage) {
        return usage.programs()
                .getOrDefault(Usage.GENERATOR, new Usage.Program(0, 0))
                .cpuSeconds();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
