package io.peerscope.query.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether anybody laid hands on the audit log: follows the chain of hashes through all of it. */
public final class AuditChain {
    private static final int SHOWN = 20;
    /** A million entries take seconds; whoever has more asks the command, which has no limit. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DataSource database;

    public AuditChain(DataSource database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param until the time of the newest entry
     * @param head number and hash of the newest link, to be noted elsewhere
     * @param faultCount all of them; {@code faults} are the first
     * @param restores the newest, newest first
     */
    public record Found(
            boolean whole,
            long entries,
            @Nullable Instant until,
            @Nullable String head,
            long faultCount,
            List<Fault> faults,
            List<Restore> restores) {}

    /** @param entry its number in the log */
    public record Fault(long entry, String fault) {}

    /** @param told how it went: {@code made_at}, {@code way}, {@code added}, {@code head}, {@code faults} of the archive */
    public record Restore(Instant at, String archive, JsonNode told) {}

    public Found follow() {
        return Reading.limited(database, LONGEST, AuditChain::follow);
    }

    private static Found follow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<Fault> faults = new ArrayList<>();
            long count = 0;
            try (ResultSet rows = statement.executeQuery(
                    "select audit_id, fault from audit_fault order by seq nulls last, audit_id")) {
                while (rows.next()) {
                    if (count++ < SHOWN) {
                        faults.add(new Fault(rows.getLong(1), rows.getString(2)));
                    }
                }
            }
            long entries;
            Instant until;
            try (ResultSet row = statement.executeQuery("select count(*), max(at) from audit")) {
                row.next();
                entries = row.getLong(1);
                until = row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant();
            }
            return new Found(count == 0, entries, until, head(statement), count, faults, restores(statement));
        }
    }

    private static @Nullable String head(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select seq, hash from audit_chain order by seq desc limit 1")) {
            return row.next() ? row.getLong(1) + ":" + HexFormat.of().formatHex(row.getBytes(2)) : null;
        }
    }

    private static List<Restore> restores(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select at, object, after from audit"
                + " where action = 'storage.restore' order by id desc limit " + SHOWN)) {
            List<Restore> restores = new ArrayList<>();
            while (rows.next()) {
                restores.add(new Restore(
                        rows.getTimestamp(1).toInstant(),
                        rows.getString(2),
                        Json.decode(
                                rows.getString(3).getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class)));
            }
            return restores;
        }
    }
}
