package io.peerscope.endtoend;

import io.peerscope.testkit.infrastructure.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Weeks of a host that is known, put where the roll-ups of its last weeks would lie. Nobody can send them any more. */
final class StoredPast {
    private static final String INSERT = """
            insert into %s (time, subject_id, shape_id, counts, sums, mins, maxs, lasts)
            select p.time, p.subject_id, p.shape_id, array[12], array[12 * p.value], array[p.value], array[p.value],
                   array[p.value]
            from (select t.time, s.id as subject_id, f.id as shape_id, (%s)::float8 as value
                  from (select time, extract(epoch from time) as second, extract(epoch from now() - time) / 3600 as ago
                        from generate_series(date_trunc('hour', now()) - ? * interval '1 hour',
                                             date_trunc('hour', now()) - interval '5 minutes', ?::interval) g(time)) t,
                       subject s, shape f
                  where s.host = ? and s.kind = 'host' and f.fields = array[?::text]) p
            on conflict do nothing""";

    private final Database database;
    private final String host;

    /** @param host has sent the fields, each alone */
    StoredPast(Database database, String host) {
        this.database = database;
        this.host = host;
    }

    /** A line with a little noise that is now at this value. */
    static String growing(double now, double anHour) {
        return "%s - %s * t.ago + 0.2 * sin(t.second)".formatted(now, anHour);
    }

    /** Higher and lower by the hour of the day, with noise of a quarter of that. */
    static String daily(double middle, double swing) {
        return "%s + %s * sin(2 * pi() * t.second / 86400) + %s * sin(t.second)".formatted(middle, swing, swing / 4);
    }

    void hours(String field, int hours, String value) {
        insert("rollup_1h", field, hours, "1 hour", value);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into tier_progress values ('1h', date_trunc('hour', now()))"
                    + " on conflict (tier) do nothing");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A minute in five. */
    void minutes(String field, int hours, String value) {
        insert("rollup_1m", field, hours, "5 minutes", value);
    }

    private void insert(String table, String field, int hours, String step, String value) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT.formatted(table, value))) {
            insert.setInt(1, hours);
            insert.setString(2, step);
            insert.setString(3, host);
            insert.setString(4, field);
            if (insert.executeUpdate() == 0) {
                throw new IllegalStateException(host + " has not sent " + field);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no past of " + host, e);
        }
    }
}
