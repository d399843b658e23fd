package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.kafka.NewBeginning;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import io.peerscope.contracts.topic.Application;
import io.peerscope.foundation.streams.BeginAnew;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "begin-anew",
        description = {
            "Lets a service whose state on Kafka is lost begin without it. Its instances must be stopped.",
            "Rules, silences and channels are read from the beginning; of samples the last hour, of alerts to be told",
            "none: whoever was to be told of an alert just then is not."
        })
final class BeginAnewCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Mixin
    private final KafkaConnection kafka = new KafkaConnection();

    @Mixin
    private final Output output = new Output();

    @Parameters(
            paramLabel = "APPLICATION",
            description = "peerscope-alert, peerscope-aggregator or peerscope-notifier, as its log says")
    private String application = "";

    @Option(names = "--yes", description = "Forget what is left of its state; without it nothing is done")
    private boolean yes;

    BeginAnewCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Optional<Application> known = Arrays.stream(Application.values())
                .filter(each -> each.id().equals(application))
                .findFirst();
        if (known.isEmpty()) {
            throw Failure.usage(
                    "there is no application " + application,
                    "These are: "
                            + Arrays.stream(Application.values())
                                    .map(Application::id)
                                    .collect(Collectors.joining(", ")));
        }
        if (!yes) {
            throw Failure.usage(
                    "this forgets what is left of the state of " + application, "Say --yes if that is meant.");
        }
        Report report = new Report("begin-anew", output.console());
        try (NewBeginning beginning = new NewBeginning(kafka.needed(), known.get())) {
            report.step(application, () -> {
                BeginAnew.Done done = beginning.run(clock.instant());
                report.put("done", done);
                return Finding.ok(
                        done.partitions() == 0
                                ? "it has never worked on these brokers: nothing to forget"
                                : "forgot %d topics of state; start its instances, they read %d partitions anew"
                                        .formatted(done.changelogs().size(), done.partitions()));
            });
        }
        return report.end().number();
    }
}
