package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.kafka.DeadLetters;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import io.peerscope.contracts.topic.Topic;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay-dlq",
        description = {
            "Brings records back that could not be processed, once what was wrong is mended.",
            "Samples have an identity: what is there already counts once, however often it is brought back."
        })
final class ReplayDlq implements Callable<Integer> {
    @Spec
    private picocli.CommandLine.Model.@Nullable CommandSpec command;

    @Mixin
    private final KafkaConnection kafka = new KafkaConnection();

    @Parameters(paramLabel = "TOPIC", description = "A topic that ends in .dlq, such as metrics.points.dlq")
    private String topic = "";

    @Option(names = "--dry-run", description = "Only show them")
    private boolean dryRun;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many at a time (default: 1000); call again for more")
    private int most;

    @Option(names = "--json", description = "Print one JSON document instead of text")
    private boolean json;

    @Override
    public Integer call() {
        picocli.CommandLine.Model.CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        Console console =
                new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), json, System.console() != null);
        String known = Topic.all().stream()
                .map(Topic::topicName)
                .filter(name -> name.endsWith(".dlq"))
                .collect(Collectors.joining(", "));
        if (!List.of(known.split(", ")).contains(topic)) {
            throw Failure.usage(topic + " holds no dead letters", "These do: " + known);
        }
        Report report = new Report("replay-dlq", console);
        try (DeadLetters letters = new DeadLetters(kafka.needed(), topic)) {
            report.step(topic, () -> {
                List<DeadLetters.Letter> found = dryRun ? letters.unread(most) : letters.bringBack(most);
                report.put("letters", found);
                found.forEach(
                        letter -> console.line("  %s  %s: %s".formatted(letter.at(), letter.from(), letter.why())));
                return Finding.ok("%d %s".formatted(found.size(), dryRun ? "wait to be brought back" : "brought back"));
            });
        }
        return report.end().number();
    }
}
