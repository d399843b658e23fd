package io.peerscope.query.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;

/** Table {@code network_event}: what happened on hosts, each event once however often it was sent. */
public final class NetworkEvents {
    private final DataSource database;

    public NetworkEvents(DataSource database) {
        this.database = database;
    }

    /** Which events; empty parts do not narrow. */
    public record Filter(
            Optional<String> host,
            Optional<EventType> type,
            Optional<String> peer,
            Optional<Instant> from,
            Optional<Instant> to) {}

    public static void put(Connection connection, Collection<NetworkEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into network_event"
                + " (id, host, type, time, received_at, peer, before, after, detail)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do nothing")) {
            for (NetworkEvent event : events) {
                insert.setString(1, event.id());
                insert.setString(2, event.host());
                insert.setString(3, event.type().word());
                insert.setTimestamp(4, Timestamp.from(event.timestamp()));
                insert.setTimestamp(5, Timestamp.from(event.receivedAt()));
                insert.setString(6, event.peer());
                insert.setString(7, event.from());
                insert.setString(8, event.to());
                insert.setString(9, JsonText.of(event.detail()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Newest first. */
    public Page<NetworkEvent> list(Filter filter, int page, int pageSize) {
        return new Where()
                .and("host = ?", filter.host())
                .and("type = ?", filter.type().map(EventType::word))
                .and("peer = ?", filter.peer())
                .and("time >= ?", filter.from())
                .and("time < ?", filter.to())
                .page(database, "network_event", "time desc, id", page, pageSize, NetworkEvents::read);
    }

    private static NetworkEvent read(ResultSet row) throws SQLException {
        return new NetworkEvent(
                row.getString("id"),
                row.getString("host"),
                EventType.of(row.getString("type")),
                row.getTimestamp("time").toInstant(),
                row.getTimestamp("received_at").toInstant(),
                row.getString("peer"),
                row.getString("before"),
                row.getString("after"),
                json(row.getString("detail")));
    }

    private static JsonNode json(String text) throws SQLException {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new SQLException("network_event.detail is not JSON", e);
        }
    }
}
