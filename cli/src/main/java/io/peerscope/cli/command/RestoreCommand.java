package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.archive.Restore;
import io.peerscope.cli.kafka.ControlTopics;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Makes everything as an archive of `peerscope backup` says. What is in the database is replaced.",
            "What came after the backup is stored again from Kafka, as far as that still has it (48 h)."
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private final DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private final KafkaConnection kafka = new KafkaConnection();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "FILE", description = "The archive")
    private Path file = Path.of("peerscope.zip");

    @Option(names = "--yes", description = "Replace what is in the database; without it nothing is done")
    private boolean yes;

    @Option(
            names = "--with-credentials",
            description = "Also tokens and sessions as they were then: what was revoked since opens again. Into a Kafka"
                    + " that has none they are brought back anyway")
    private boolean credentials;

    @Override
    public Integer call() throws SQLException {
        if (!yes) {
            throw Failure.usage("a restore replaces what is in the database", "Say --yes if that is meant.");
        }
        Console console = output.console();
        Report report = new Report("restore", console);
        try (ControlTopics topics = new ControlTopics(kafka.needed());
                Connection connection = database.open()) {
            report.step("restore", () -> {
                Restore.Done done = new Restore(connection, topics, console).read(file, credentials);
                report.put("restored", done);
                return Finding.ok("%d rows; %s"
                        .formatted(
                                done.rows().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                done.sameKafka()
                                        ? "what came since is stored again from Kafka"
                                        : "another Kafka than then: all that it holds is stored, too"));
            });
        }
        return report.end().number();
    }
}
