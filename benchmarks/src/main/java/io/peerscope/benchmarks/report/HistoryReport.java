package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.history.Asking.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run of {@code history} for a person to read: a column for each length of the past. */
public final class HistoryReport {
    private static final String UNKNOWN = "-";

    private final HistoryResult run;

    public HistoryReport(HistoryResult run) {
        this.run = run;
    }

    public String text() {
        List<String> parts = new ArrayList<>(List.of(head(), storing()));
        run.phases().forEach(phase -> parts.add(answers(phase)));
        return String.join("\n\n", parts) + "\n";
    }

    private String head() {
        return Head.text(run.commit(), run.at(), run.machine()) + "; " + run.options();
    }

    private String storing() {
        Table table = new Table();
        row(table, "raw samples in the database", p -> whole(p.sizes().samples()));
        row(table, "bytes a sample in raw_point", p -> decimal(p.sizes().bytesPerSample()));
        row(table, "roll-ups of a minute", p -> whole(p.sizes().minutes()));
        row(table, "bytes a roll-up of 20 fields", p -> decimal(p.sizes().bytesPerMinute()));
        row(table, "samples/s stored", p -> of(p.points(), s -> whole(s.perSecond())));
        row(
                table,
                "CPU seconds per million samples",
                p -> of(
                        p.points(),
                        s -> decimal(s.perMillion("query-api")) + " + " + decimal(s.perMillion("postgresql"))));
        row(table, "roll-ups/s stored", p -> of(p.minutes(), s -> whole(s.perSecond())));
        row(table, "seconds until hours and days were made", p -> Optional.ofNullable(p.tierSeconds())
                .map(HistoryReport::decimal)
                .orElse(UNKNOWN));
        row(
                table,
                "cores used by others while storing",
                p -> of(
                        p.points(),
                        s -> decimal(s.usage().otherCpuSeconds() / s.usage().seconds())));
        return table.text();
    }

    private static String of(@Nullable StoringPhase phase, Function<StoringPhase, String> value) {
        return phase == null ? UNKNOWN : value.apply(phase);
    }

    private void row(Table table, String name, Function<HistoryPhase, String> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        run.phases().forEach(phase -> cells.add(value.apply(phase)));
        table.row(cells);
    }

    private static String answers(HistoryPhase phase) {
        Table table = new Table()
                .row(
                        "ms, with %s samples".formatted(whole(phase.sizes().samples())),
                        "tier",
                        "points",
                        "kB",
                        "p50",
                        "p95",
                        "p99",
                        "max",
                        "p95 to be below");
        for (Answered answered : phase.answers()) {
            table.row(
                    "  " + answered.question(),
                    answered.tier(),
                    Integer.toString(answered.points()),
                    Integer.toString(answered.bytes() / 1000),
                    decimal(answered.p50()),
                    decimal(answered.p95()),
                    decimal(answered.p99()),
                    decimal(answered.max()),
                    answered.goal() == 0 ? "" : Integer.toString(answered.goal()));
        }
        return table.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
