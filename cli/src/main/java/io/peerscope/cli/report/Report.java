package io.peerscope.cli.report;

import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.report.Step.Finding;
import io.peerscope.cli.report.Step.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a command found, step by step: printed as it comes for people, as one document at the end for scripts. */
public final class Report {
    private final String command;
    private final Console console;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Object> result = new LinkedHashMap<>();
    private ExitCode worst = ExitCode.OK;

    public Report(String command, Console console) {
        this.command = command;
        this.console = console;
    }

    /** @return whether it is good enough to go on */
    public boolean step(String name, Supplier<Finding> look) {
        long begun = System.nanoTime();
        Finding finding;
        ExitCode code = ExitCode.WRONG;
        try {
            finding = look.get();
        } catch (Failure failure) {
            finding = Finding.failed(failure.what(), failure.cure());
            code = failure.exitCode();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Step step = new Step(name, finding.verdict(), finding.detail(), finding.cure(), millis);
        steps.add(step);
        if (step.verdict() == Verdict.FAILED && worst == ExitCode.OK) {
            worst = code;
        }
        print(step);
        return step.verdict() != Verdict.FAILED;
    }

    /** A step that makes something which later ones need; empty where it failed. */
    public <T> Optional<T> obtain(String name, Supplier<T> make, Function<T, Finding> say) {
        AtomicReference<T> made = new AtomicReference<>();
        boolean good = step(name, () -> {
            T thing = make.get();
            made.set(thing);
            return say.apply(thing);
        });
        return good ? Optional.ofNullable(made.get()) : Optional.empty();
    }

    /** Something that scripts want to know beside the steps. */
    public void put(String name, Object value) {
        result.put(name, value);
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Prints the end of it. */
    public ExitCode end() {
        long failed = count(Verdict.FAILED);
        long warnings = count(Verdict.WARNING);
        if (console.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("command", command);
            document.put("ok", worst == ExitCode.OK);
            document.put("exit_code", worst.number());
            document.put("steps", steps);
            document.putAll(result);
            console.document(document);
        } else {
            console.line("");
            console.line(
                    failed == 0
                            ? "All is well" + butFor(warnings)
                            : "%d of %d steps failed.".formatted(failed, steps.size()));
        }
        return worst;
    }

    private long count(Verdict verdict) {
        return steps.stream().filter(step -> step.verdict() == verdict).count();
    }

    private void print(Step step) {
        String mark =
                switch (step.verdict()) {
                    case OK -> "ok";
                    case WARNING -> "WARN";
                    case FAILED -> "FAIL";
                    case SKIPPED -> "-";
                };
        console.line("%-5s %-22s %s%s"
                .formatted(mark, step.name(), step.detail(), step.millis() < 10 ? "" : "  (" + step.millis() + " ms)"));
        if (!step.cure().isEmpty()) {
            console.line("      " + " ".repeat(22) + " → " + step.cure());
        }
    }

    private static String butFor(long warnings) {
        return warnings == 0 ? "." : ", but for %d %s.".formatted(warnings, warnings == 1 ? "warning" : "warnings");
    }
}
