package io.peerscope.cli.archive;

import io.peerscope.cli.Failure;
import io.peerscope.cli.archive.Manifest.Row;
import io.peerscope.cli.kafka.ControlTopics;
import io.peerscope.cli.report.Console;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes an archive while everything runs. The database is read in one snapshot, positions included, so what it lacks is
 * exactly what lies behind these positions in Kafka.
 */
public final class Backup {
    private final Connection database;
    private final ControlTopics topics;
    private final Console console;

    public Backup(Connection database, ControlTopics topics, Console console) {
        this.database = database;
        this.topics = topics;
        this.console = console;
    }

    /** @return rows by table */
    public Map<String, Long> write(Path file, Instant now) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            // it holds hashes of credentials and the secrets of channels
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Map<String, Long> rows;
            try (OutputStream bytes = Files.newOutputStream(unfinished);
                    ZipOutputStream archive = new ZipOutputStream(bytes)) {
                rows = write(archive, now);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } catch (IOException e) {
            throw Failure.wrong(
                    "%s cannot be written: %s".formatted(file, e.getMessage()), "Is there room on the disk?");
        } catch (SQLException e) {
            throw Failure.wrong("the database said: " + e.getMessage(), "The archive was not made.");
        }
    }

    private Map<String, Long> write(ZipOutputStream archive, Instant now) throws IOException, SQLException {
        database.setAutoCommit(false);
        database.setReadOnly(true);
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Map<String, List<String>> tables = Tables.of(database);
        String schema = Tables.schemaVersion(database);
        CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
        Map<String, Long> rows = new TreeMap<>();
        int done = 0;
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            console.progress("  %s (%d of %d tables)".formatted(table.getKey(), ++done, tables.size()));
            archive.putNextEntry(new ZipEntry(Manifest.table(table.getKey())));
            rows.put(
                    table.getKey(),
                    copy.copyOut(
                            "copy (select %s from \"%s\") to stdout"
                                    .formatted(String.join(", ", table.getValue()), table.getKey()),
                            archive));
            archive.closeEntry();
        }
        database.commit();
        console.progressOver();
        Map<String, Integer> records = new TreeMap<>();
        for (Topic topic : ControlTopics.ALL) {
            Map<String, byte[]> held = topics.read(topic);
            archive.putNextEntry(new ZipEntry(Manifest.topic(topic.topicName())));
            for (Map.Entry<String, byte[]> row : held.entrySet()) {
                archive.write(Json.encode(new Row(row.getKey(), row.getValue())));
                archive.write('\n');
            }
            archive.closeEntry();
            records.put(topic.topicName(), held.size());
        }
        archive.putNextEntry(new ZipEntry(Manifest.NAME));
        archive.write(
                Json.encode(new Manifest(Manifest.FORMAT, now, schema, topics.clusterId(), tables, rows, records)));
        archive.closeEntry();
        return rows;
    }
}
