package io.peerscope.query.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what {@link AuditLog} wrote. */
public final class AuditReader {
    private final DataSource database;

    public AuditReader(DataSource database) {
        this.database = database;
    }

    /** Which entries; empty parts do not narrow. */
    public record Filter(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> who,
            Optional<String> action,
            Optional<String> object) {}

    /** One entry as shown. */
    public record Shown(
            long id,
            Instant at,
            String who,
            String role,
            String action,
            String object,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    public Page<Shown> list(Filter filter, int page, int pageSize) {
        return new Where()
                .and("at >= ?", filter.from())
                .and("at < ?", filter.to())
                .and("who = ?", filter.who())
                .and("action = ?", filter.action())
                .and("object = ?", filter.object())
                .page(database, "audit", "id desc", page, pageSize, AuditReader::read);
    }

    private static Shown read(ResultSet row) throws SQLException {
        return new Shown(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                row.getString("role"),
                row.getString("action"),
                row.getString("object"),
                json(row.getString("before")),
                json(row.getString("after")));
    }

    private static @Nullable JsonNode json(@Nullable String text) throws SQLException {
        if (text == null) {
            return null;
        }
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new SQLException("an audit entry is not JSON", e);
        }
    }
}
