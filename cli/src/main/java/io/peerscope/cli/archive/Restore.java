package io.peerscope.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.archive.Manifest.Row;
import io.peerscope.cli.kafka.ControlTopics;
import io.peerscope.cli.report.Console;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Makes everything as an archive says, in one transaction of the database. Services may run meanwhile: the table of
 * positions becomes another one, by which a materializer notices, at the next record of a partition, that its database is
 * an older copy, and stores what came since from Kafka again.
 */
public final class Restore {
    private static final String RIGHTS_OF_OTHERS = """
            select format('grant %s on topic_position to %s%s', a.privilege_type,
                          case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
                          case when a.is_grantable then ' with grant option' else '' end)
            from pg_class c, aclexplode(c.relacl) a
            where c.oid = 'topic_position'::regclass and a.grantee <> c.relowner""";

    private final Connection database;
    private final ControlTopics topics;
    private final Console console;

    public Restore(Connection database, ControlTopics topics, Console console) {
        this.database = database;
        this.topics = topics;
        this.console = console;
    }

    /**
     * What was done.
     *
     * @param sameKafka whether positions still mean something; else all that Kafka holds is stored on top
     * @param changed records that had to be written, by topic
     * @param audit how the archive's log and the one that was there met: one was the other's past, or both are there now
     */
    public record Done(Map<String, Long> rows, boolean sameKafka, Map<String, Integer> changed, JsonNode audit) {}

    /** @param credentials whether tokens and sessions, too: those revoked since would open again */
    public Done read(Path file, boolean credentials) {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            Manifest manifest = manifest(archive);
            boolean sameKafka = manifest.cluster().equals(topics.clusterId());
            JsonNode audit = restore(archive, manifest, sameKafka, file.getFileName());
            Map<String, Integer> changed = new TreeMap<>();
            for (Topic topic : ControlTopics.ALL) {
                boolean empty = topics.read(topic).isEmpty();
                if (topic != Topic.SECURITY_CREDENTIALS || credentials || empty) {
                    changed.put(topic.topicName(), topics.replace(topic, records(archive, topic)));
                }
            }
            return new Done(manifest.rows(), sameKafka, changed, audit);
        } catch (IOException e) {
            throw Failure.wrong(
                    "%s cannot be read: %s".formatted(file, e.getMessage()),
                    "Nothing was changed, if this was said at once: it is no archive, or a broken one.");
        } catch (SQLException e) {
            throw Failure.wrong("the database said: " + e.getMessage(), "It was rolled back: all is as before.");
        }
    }

    private static Manifest manifest(ZipFile archive) throws IOException {
        try (InputStream bytes = entry(archive, Manifest.NAME)) {
            Manifest manifest = Json.decode(bytes.readAllBytes(), Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw Failure.wrong("an archive of format " + manifest.format(), "Restore it with a newer peerscope.");
            }
            return manifest;
        } catch (MalformedRecordException e) {
            throw new IOException("its manifest is broken", e);
        }
    }

    private JsonNode restore(ZipFile archive, Manifest manifest, boolean sameKafka, Path name)
            throws SQLException, IOException {
        database.setAutoCommit(false);
        String schema = Tables.schemaVersion(database);
        if (!schema.equals(manifest.schema())) {
            throw Failure.wrong(
                    "the archive is of schema %s, the database of %s".formatted(manifest.schema(), schema),
                    "Start query-api of the version that made the archive against an empty database; it makes the tables.");
        }
        Map<String, List<String>> tables = Tables.of(database);
        if (!tables.equals(manifest.columns())) {
            throw Failure.wrong("the tables of archive and database differ", "Is it the database of Peerscope?");
        }
        try (Statement statement = database.createStatement()) {
            statement.execute("set lock_timeout = '20s'");
            statement.execute("truncate "
                    + tables.keySet().stream()
                            .filter(table -> !Tables.APPEND_ONLY.contains(table))
                            .map(table -> '"' + table + '"')
                            .collect(Collectors.joining(", ")));
            CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
            int done = 0;
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                console.progress("  %s (%d of %d tables)".formatted(table.getKey(), ++done, tables.size()));
                try (InputStream rows = entry(archive, Manifest.table(table.getKey()))) {
                    fill(statement, copy, table.getKey(), String.join(", ", table.getValue()), rows);
                }
                goOnCounting(statement, table.getKey());
            }
            if (!sameKafka) {
                statement.execute("delete from topic_position");
            }
            becomeAnother(statement);
        }
        JsonNode audit = meet(name, manifest.madeAt());
        database.commit();
        console.progressOver();
        return audit;
    }

    /** What may not be changed is completed. */
    private static void fill(Statement statement, CopyManager copy, String table, String columns, InputStream rows)
            throws SQLException, IOException {
        if (!Tables.APPEND_ONLY.contains(table)) {
            copy.copyIn("copy \"%s\" (%s) from stdin".formatted(table, columns), rows);
            return;
        }
        if (Tables.AUDIT.contains(table)) {
            statement.execute("create temporary table %1$s_of_archive (like %1$s) on commit drop".formatted(table));
            copy.copyIn("copy %s_of_archive (%s) from stdin".formatted(table, columns), rows);
            return;
        }
        statement.execute("create temporary table restored (like \"%s\") on commit drop".formatted(table));
        copy.copyIn("copy restored (%s) from stdin".formatted(columns), rows);
        statement.execute(
                "insert into \"%s\" (%s) overriding system value select %s from restored on conflict do nothing"
                        .formatted(table, columns, columns));
        statement.execute("drop table restored");
    }

    /** The chain stays whole, and says that there was a restore. */
    private JsonNode meet(Path archive, Instant madeAt) throws SQLException {
        try (PreparedStatement call = database.prepareStatement("select audit_restored(?, ?)")) {
            call.setString(1, archive.toString());
            call.setTimestamp(2, Timestamp.from(madeAt));
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return Json.decode(row.getString(1).getBytes(StandardCharsets.UTF_8), JsonNode.class);
            }
        }
    }

    private void goOnCounting(Statement statement, String table) throws SQLException {
        for (String column : Tables.identities(database, table)) {
            statement.execute(
                    "select setval(pg_get_serial_sequence('\"%s\"', '%s'), greatest((select max(\"%s\") from \"%s\"), 1))"
                            .formatted(table, column, column, table));
        }
    }

    /** The same table, and the same rights, under another number, which is how those who write notice (see the class). */
    private static void becomeAnother(Statement statement) throws SQLException {
        List<String> rightsOfOthers = new ArrayList<>();
        try (ResultSet rights = statement.executeQuery(RIGHTS_OF_OTHERS)) {
            while (rights.next()) {
                rightsOfOthers.add(rights.getString(1));
            }
        }
        statement.execute("alter table topic_position rename to topic_position_before");
        statement.execute("create table topic_position (like topic_position_before including all)");
        statement.execute("insert into topic_position select * from topic_position_before");
        statement.execute("drop table topic_position_before");
        for (String grant : rightsOfOthers) {
            statement.execute(grant);
        }
    }

    private static Map<String, byte[]> records(ZipFile archive, Topic topic) throws IOException {
        Map<String, byte[]> rows = new TreeMap<>();
        try (InputStream bytes = entry(archive, Manifest.topic(topic.topicName()))) {
            new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.decode(line.getBytes(StandardCharsets.UTF_8), Row.class))
                    .forEach(row -> rows.put(row.key(), row.value()));
        }
        return rows;
    }

    private static InputStream entry(ZipFile archive, String name) throws IOException {
        ZipEntry entry = archive.getEntry(name);
        if (entry == null) {
            throw new IOException("it lacks " + name);
        }
        return archive.getInputStream(entry);
    }
}
