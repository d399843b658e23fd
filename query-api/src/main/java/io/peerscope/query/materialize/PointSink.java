package io.peerscope.query.materialize;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.RawPoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@code metrics.points} into {@code raw_point}: one row per point; a point that comes again is merged. */
final class PointSink implements Sink<PointBatch, Collection<PointRow>> {
    /** End of the year 9999; what lies beyond is a mistake, and at some point not storable. */
    private static final long LAST_TIME = 253_402_300_799_999L;

    private final DataSource database;
    private final Ids ids;
    private final RawPoints points;

    PointSink(DataSource database, Ids ids) {
        this.database = database;
        this.ids = ids;
        this.points = new RawPoints(ids);
    }

    @Override
    public Topic topic() {
        return Topic.METRICS_POINTS;
    }

    @Override
    public PointBatch read(ConsumerRecord<String, byte[]> row) {
        PointBatch batch = PointBatchCodec.decode(row.value());
        for (Point point : batch.points()) {
            if (point.timestamp() < 0 || point.timestamp() > LAST_TIME) {
                throw new MalformedRecordException("no such time: " + point.timestamp());
            }
        }
        return batch;
    }

    @Override
    public Collection<PointRow> prepare(Connection connection, List<PointBatch> batch) throws SQLException {
        Set<Subject> subjects = new HashSet<>();
        for (PointBatch each : batch) {
            each.points().forEach(point -> subjects.add(point.subject()));
        }
        ids.resolve(connection, subjects, Set.of());
        Map<PointKey, PointRow> rows = new LinkedHashMap<>();
        for (PointBatch each : batch) {
            for (Point point : each.points()) {
                PointRow row = new PointRow(
                        ids.of(point.subject()), point.timestamp(), point.shape(), point.values(), point.states());
                rows.merge(row.key(), row, PointRow::mergedWith);
            }
        }
        ids.resolve(connection, Set.of(), shapes(rows.values()));
        ids.remember(connection, rows.values().stream().map(row -> new Ids.Sent(row.subjectId(), ids.of(row.shape()))));
        return rows.values();
    }

    @Override
    public void insert(Connection connection, Collection<PointRow> rows) throws SQLException {
        points.insert(connection, rows);
    }

    @Override
    public boolean merge(Connection connection, Collection<PointRow> rows) throws SQLException {
        Map<PointKey, PointRow> stored =
                points.find(connection, rows.stream().map(PointRow::key).toList());
        List<PointRow> added = new ArrayList<>();
        List<PointRow> changed = new ArrayList<>();
        for (PointRow row : rows) {
            PointRow before = stored.get(row.key());
            if (before == null) {
                added.add(row);
            } else {
                PointRow after = before.mergedWith(row);
                if (!after.sameAs(before)) {
                    changed.add(after);
                }
            }
        }
        if (!changed.isEmpty()) {
            // On a connection of its own: numbers of new shapes are cached, so they must outlive a roll-back.
            try (Connection committing = database.getConnection()) {
                ids.resolve(committing, Set.of(), shapes(changed));
            }
        }
        points.insert(connection, added);
        points.replace(connection, changed);
        return !stored.isEmpty();
    }

    @Override
    public void forget() {
        ids.forget();
    }

    private static Set<Shape> shapes(Collection<PointRow> rows) {
        return rows.stream().map(PointRow::shape).collect(Collectors.toSet());
    }
}
