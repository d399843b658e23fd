package io.peerscope.query.store;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.RangeTooWideException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The raw points of many subjects, in the order of time. */
public final class RawHistory {
    /** Rows fetched at a time: an answer of any length takes a few megabytes. */
    private static final int AT_ONCE = 5_000;

    private static final String SELECT =
            "select r.time, r.shape_id, array_send(r.values), r.subject_id, s.host, s.labels, r.states from raw_point r"
                    + " join subject s on s.id = r.subject_id where s.kind = ? and (? = '' or s.host = ?)"
                    + " and r.time >= ? and r.time < ?";
    private static final String WITH_FIELDS =
            " and r.shape_id in (select shape_id from shape_field where field = any(?))";
    private static final String WITH_STATES = " and jsonb_exists_any(r.states, ?)";
    private static final String IN_ORDER = " order by r.time";

    private final DataSource database;
    private final Duration statementTimeout;
    private final long mostPoints;

    /** @param mostPoints that one question may read */
    public RawHistory(DataSource database, Duration statementTimeout, long mostPoints) {
        this.database = database;
        this.statementTimeout = statementTimeout;
        this.mostPoints = mostPoints;
    }

    /** Points that say something of one of these fields or states; all where neither is named. Never both. */
    public record Content(Collection<String> fields, Collection<String> states) {
        private String condition() {
            return !fields.isEmpty() ? WITH_FIELDS : !states.isEmpty() ? WITH_STATES : "";
        }
    }

    /**
     * @param host only this one; empty: all
     * @param content other points are passed over
     * @param from inclusive
     * @param until exclusive
     * @return how many points were given
     * @throws RangeTooWideException after the allowed number of points
     */
    public long read(String kind, String host, Content content, Instant from, Instant until, Consumer<Point> to) {
        return Reading.limited(database, statementTimeout, connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + content.condition() + IN_ORDER)) {
                select.setString(1, kind);
                select.setString(2, host);
                select.setString(3, host);
                select.setTimestamp(4, Timestamp.from(from));
                select.setTimestamp(5, Timestamp.from(until));
                if (!content.condition().isEmpty()) {
                    Collection<String> names = content.fields().isEmpty() ? content.states() : content.fields();
                    select.setArray(6, connection.createArrayOf("text", names.toArray()));
                }
                select.setFetchSize(AT_ONCE); // holds because this is a transaction
                return read(connection, select, kind, to);
            }
        });
    }

    private long read(Connection connection, PreparedStatement select, String kind, Consumer<Point> to)
            throws SQLException {
        Map<Long, Subject> subjects = new HashMap<>();
        Ids ids = new Ids(); // for this question only: the database may be set back to an older copy before the next
        long points = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (++points > mostPoints) {
                    throw new RangeTooWideException("more than " + mostPoints
                            + " points; choose a shorter time, or fewer subjects with where: {host: …}");
                }
                Subject subject = subjects.get(rows.getLong(4));
                if (subject == null) {
                    Labels labels = JsonText.labels(rows.getString(6));
                    subject = new Subject(rows.getString(5), kind, labels);
                    subjects.put(rows.getLong(4), subject);
                }
                to.accept(new Point(
                        subject,
                        rows.getTimestamp(1).getTime(),
                        ids.shape(connection, rows.getInt(2)),
                        BinaryArray.doubles(rows.getBytes(3)),
                        JsonText.states(rows.getString(7))));
            }
        }
        return points;
    }
}
