package io.peerscope.query.store;

import io.peerscope.query.clock.ClockDay;
import io.peerscope.query.clock.ClockState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads what {@link Clocks} wrote. */
public final class ClockReader {
    private final DataSource database;

    public ClockReader(DataSource database) {
        this.database = database;
    }

    /** The correction of a host changed, milliseconds. */
    public record Jump(Instant at, long beforeMs, long afterMs) {}

    /**
     * A day on which something was corrected.
     *
     * @param late samples of that day that came after their minute had closed
     * @param duplicate samples that were there already
     * @param tooNew refused as too far in the future
     * @param tooOld refused as too far in the past
     */
    public record Day(LocalDate day, ClockDay corrected, long late, long duplicate, long tooNew, long tooOld) {}

    /**
     * @param correctedToday samples
     */
    public record Wrong(String host, ClockState clock, long correctedToday) {}

    /** Empty: it was never wrong. */
    public Optional<ClockState> clock(String host) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select correction_ms, since, jumps from host_clock where host = ?")) {
            select.setString(1, host);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static ClockState state(ResultSet row) throws SQLException {
        return new ClockState(
                row.getLong("correction_ms"), row.getTimestamp("since").getTime(), row.getLong("jumps"));
    }

    /** Newest first. */
    public List<Jump> jumps(String host) {
        return rows(
                "select at, before_ms, after_ms from clock_jump where host = ? order by at desc, slot desc",
                host,
                row -> new Jump(row.getTimestamp(1).toInstant(), row.getLong(2), row.getLong(3)));
    }

    /** Newest first, a month at most. */
    public List<Day> days(String host) {
        return rows(
                "select d.*, coalesce(l.late, 0) as late, coalesce(l.duplicate, 0) as duplicate,"
                        + " coalesce(sum(q.count) filter (where q.code = 'too_new'), 0) as too_new,"
                        + " coalesce(sum(q.count) filter (where q.code = 'too_old'), 0) as too_old"
                        + " from (select * from clock_day where host = ? order by day desc limit 31) d"
                        + " left join ledger_day l on l.host = d.host and l.day = d.day"
                        + " left join quarantine q on q.host = d.host and q.at >= d.day::timestamp at time zone 'UTC'"
                        + " and q.at < (d.day + 1)::timestamp at time zone 'UTC'"
                        + " group by d.host, d.day, d.samples, d.least_ms, d.most_ms, d.ahead_ms, d.jumps,"
                        + " l.late, l.duplicate order by d.day desc",
                host,
                row -> new Day(
                        row.getObject("day", LocalDate.class),
                        new ClockDay(
                                row.getLong("samples"),
                                row.getLong("least_ms"),
                                row.getLong("most_ms"),
                                row.getLong("ahead_ms"),
                                row.getLong("jumps")),
                        row.getLong("late"),
                        row.getLong("duplicate"),
                        row.getLong("too_new"),
                        row.getLong("too_old")));
    }

    private <T> List<T> rows(String sql, String host, Where.Reading<T> reading) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, host);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Hosts whose clock is or was wrong, the furthest first. */
    public Page<Wrong> wrong(LocalDate today, int page, int pageSize) {
        String sql = "select c.*, coalesce(d.samples, 0) as samples, count(*) over () as total from host_clock c"
                + " left join clock_day d on d.host = c.host and d.day = ?"
                + " order by abs(c.correction_ms) desc, c.jumps desc, c.host limit ? offset ?";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, today);
            select.setInt(2, pageSize);
            select.setLong(3, (page - 1L) * pageSize);
            List<Wrong> found = new ArrayList<>();
            long total = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Wrong(rows.getString("host"), state(rows), rows.getLong("samples")));
                    total = rows.getLong("total");
                }
            }
            return new Page<>(found, total);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
