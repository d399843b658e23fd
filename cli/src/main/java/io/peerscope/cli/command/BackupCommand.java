package io.peerscope.cli.command;

import io.peerscope.cli.archive.Backup;
import io.peerscope.cli.kafka.ControlTopics;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Writes the database, and rules, silences, channels, settings and hashes of credentials, to one file.",
            "Everything may run meanwhile. What comes later is in Kafka, and a restore stores it again from there."
        })
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private final DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private final KafkaConnection kafka = new KafkaConnection();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "FILE", description = "The archive, a zip file that only its owner may read")
    private Path file = Path.of("peerscope.zip");

    private final InstantSource clock;

    BackupCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws SQLException {
        Console console = output.console();
        Report report = new Report("backup", console);
        try (ControlTopics topics = new ControlTopics(kafka.needed());
                Connection connection = database.open()) {
            report.step("archive", () -> {
                Map<String, Long> rows =
                        new Backup(connection, topics, console).write(file.toAbsolutePath(), clock.instant());
                report.put("rows", rows);
                report.put("file", file.toAbsolutePath().toString());
                return Finding.ok("%d rows of %d tables in %s"
                        .formatted(
                                rows.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                rows.size(),
                                file));
            });
        }
        return report.end().number();
    }
}
