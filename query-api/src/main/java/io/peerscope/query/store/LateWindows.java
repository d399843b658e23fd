package io.peerscope.query.store;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.RollupSum;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Minutes that closed before all their points came. Each waits until those points are stored, then its roll-up is
 * computed again from {@code raw_point}; that and the end of its waiting are one transaction.
 */
public final class LateWindows {
    private static final int AT_ONCE = 500;

    /** @param sourceOffset offset in that partition of {@code metrics.points} which must be stored first */
    public record Notice(PointKey window, int partition, long sourceOffset) {}

    private final DataSource database;
    private final Ids ids;
    private final RollupPlan plan;
    private final RawPoints points;
    private final MinuteRollups rollups;
    private final AtomicLong givenUp = new AtomicLong();

    public LateWindows(DataSource database, Ids ids, RollupPlan plan) {
        this.plan = plan;
        this.database = database;
        this.ids = ids;
        this.points = new RawPoints(ids);
        this.rollups = new MinuteRollups(ids);
    }

    public static void enqueue(Connection connection, Collection<Notice> notices) throws SQLException {
        if (notices.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into late_window values (?, ?, ?, ?) on conflict (subject_id, start) do update"
                        + " set source_offset = greatest(late_window.source_offset, excluded.source_offset)")) {
            for (Notice notice : notices) {
                insert.setLong(1, notice.window().subjectId());
                insert.setTimestamp(2, new Timestamp(notice.window().time()));
                insert.setInt(3, notice.partition());
                insert.setLong(4, notice.sourceOffset());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Minutes of which raw points were dropped before the last of them came; since the start. */
    public long givenUp() {
        return givenUp.get();
    }

    /**
     * Heals what can be healed now. A minute of which raw points were dropped keeps what it has, since computing it from
     * what is left would lose the rest; what came late for it is counted as late, and here.
     *
     * @return how many windows left the queue
     */
    public int heal() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                IdleBound.set(connection);
                long rawSince = Floors.hold(connection, Tier.RAW);
                List<PointKey> due = due(connection);
                if (!due.isEmpty()) {
                    ids.forget(); // the database may have been set back to an older copy since we were here
                }
                List<PointKey> complete =
                        due.stream().filter(window -> window.time() >= rawSince).toList();
                rollups.put(connection, recompute(connection, complete));
                delete(connection, due);
                connection.commit();
                givenUp.addAndGet(due.size() - complete.size());
                return due.size();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static List<PointKey> due(Connection connection) throws SQLException {
        List<PointKey> due = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select l.subject_id, l.start from late_window l"
                + " join topic_position p on p.topic = ? and p.partition = l.partition"
                + " where p.next_offset > l.source_offset"
                + " order by l.subject_id, l.start limit ? for update of l skip locked")) {
            select.setString(1, Topic.METRICS_POINTS.topicName());
            select.setInt(2, AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(new PointKey(rows.getLong(1), rows.getTimestamp(2).getTime()));
                }
            }
        }
        return due;
    }

    private List<RollupRow> recompute(Connection connection, List<PointKey> windows) throws SQLException {
        List<RollupRow> healed = new ArrayList<>();
        List<PointKey> emptied = new ArrayList<>();
        Set<Shape> shapes = new HashSet<>();
        for (Map.Entry<PointKey, List<PointRow>> window :
                points.inWindows(connection, windows, MinuteWindow.LENGTH).entrySet()) {
            RollupSum sum = new RollupSum(Shape.sorted(), plan);
            for (PointRow point : window.getValue()) {
                sum.add(point.shape(), point.time(), point.values());
            }
            RollupRow row = RollupRow.of(window.getKey(), sum);
            if (row.shape().size() > 0) {
                shapes.add(row.shape());
                healed.add(row);
            } else if (!window.getValue().isEmpty()) {
                emptied.add(window.getKey()); // what it had was replaced by what is no number
            }
        }
        rollups.delete(connection, emptied);
        // Numbers of new shapes must be committed even where this transaction is not: they are cached.
        try (Connection committing = database.getConnection()) {
            ids.resolve(committing, Set.of(), shapes);
        }
        return healed;
    }

    private static void delete(Connection connection, List<PointKey> windows) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from late_window where subject_id = ? and start = ?")) {
            for (PointKey window : windows) {
                delete.setLong(1, window.subjectId());
                delete.setTimestamp(2, new Timestamp(window.time()));
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
