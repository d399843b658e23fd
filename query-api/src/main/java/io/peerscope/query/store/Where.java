package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Conditions of a list, each with its value, so that no value is ever part of a statement's text. */
final class Where {
    /** Reads the columns of one row. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** @param condition with one {@code ?} */
    Where and(String condition, Object value) {
        conditions.add(condition);
        values.add(value);
        return this;
    }

    Where and(String condition, Optional<?> value) {
        value.ifPresent(present -> and(condition, present));
        return this;
    }

    /** An empty list does not narrow. */
    Where andOneOf(String column, List<String> allowed) {
        return allowed.isEmpty() ? this : and(column + " = any(?)", allowed.toArray(String[]::new));
    }

    /** @param page from 1 */
    <T> Page<T> page(DataSource database, String table, String order, int page, int pageSize, Reading<T> reading) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        try (Connection connection = database.getConnection()) {
            long total;
            try (PreparedStatement count = connection.prepareStatement("select count(*) from " + table + where)) {
                bind(count);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    total = row.getLong(1);
                }
            }
            List<T> items = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select * from " + table + where + " order by " + order + " limit ? offset ?")) {
                int next = bind(select);
                select.setInt(next, pageSize);
                select.setLong(next + 1, (page - 1L) * pageSize);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        items.add(reading.read(rows));
                    }
                }
            }
            return new Page<>(items, total);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private int bind(PreparedStatement statement) throws SQLException {
        int at = 1;
        for (Object value : values) {
            if (value instanceof Instant instant) {
                statement.setTimestamp(at++, Timestamp.from(instant));
            } else {
                statement.setObject(at++, value);
            }
        }
        return at;
    }
}
