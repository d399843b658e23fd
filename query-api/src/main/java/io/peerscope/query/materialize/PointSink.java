package io.peerscope.query.materialize;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.ledger.Fate;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.store.Clocks;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.Ledger;
import io.peerscope.query.store.RawPoints;
import io.peerscope.query.store.SessionTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * {@code metrics.points} into {@code raw_point}: one row per point; a point that comes again is merged. What becomes of
 * each sample is booked with it.
 */
final class PointSink implements Sink<PointBatch, PointSink.Rows> {
    /** End of the year 9999; what lies beyond is a mistake, and at some point not storable. */
    private static final long LAST_TIME = 253_402_300_799_999L;

    /**
     * @param points each subject and time once
     * @param ofSessions which of the points the tables of sessions show, too
     * @param fates of each record, taking it that nothing of it was stored before
     */
    record Rows(Collection<PointRow> points, List<PointKey> ofSessions, List<Fate> fates) {}

    private final DataSource database;
    private final Ids ids;
    private final RawPoints points;
    private final long grace;

    /** @param grace of the minute windows */
    PointSink(DataSource database, Ids ids, Duration grace) {
        this.grace = grace.toMillis();
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

    static Ledger.Place place(ConsumerRecord<String, byte[]> row) {
        return new Ledger.Place(row.topic(), row.partition(), row.offset());
    }

    private Fate fate(Delivered<PointBatch> each) {
        return new Fate(each.source().partition(), each.source().offset(), each.content(), grace);
    }

    @Override
    public Rows prepare(Connection connection, List<Delivered<PointBatch>> delivered) throws SQLException {
        // What was concluded for rules is no sample: neither stored nor booked.
        List<Delivered<PointBatch>> batch =
                delivered.stream().filter(each -> !each.content().isDerived()).toList();
        Set<Subject> subjects = new HashSet<>();
        for (Delivered<PointBatch> each : batch) {
            each.content().points().forEach(point -> subjects.add(point.subject()));
        }
        ids.resolve(connection, subjects, Set.of());
        Map<PointKey, PointRow> rows = new LinkedHashMap<>();
        List<Fate> fates = new ArrayList<>(batch.size());
        for (Delivered<PointBatch> each : batch) {
            Fate fate = fate(each);
            fates.add(fate);
            for (Point point : each.content().points()) {
                PointRow row = new PointRow(
                        ids.of(point.subject()), point.timestamp(), point.shape(), point.values(), point.states());
                PointRow earlier = rows.putIfAbsent(row.key(), row);
                if (earlier == null) {
                    fate.fresh(row.time(), row.shape().size());
                } else {
                    fate.again(row.time(), row.shape(), earlier.shape());
                    rows.put(row.key(), earlier.mergedWith(row));
                }
            }
        }
        ids.resolve(connection, Set.of(), shapes(rows.values()));
        ids.remember(connection, rows.values().stream().map(row -> new Ids.Sent(row.subjectId(), ids.of(row.shape()))));
        return new Rows(rows.values(), ofSessions(subjects, rows.keySet()), fates);
    }

    private List<PointKey> ofSessions(Set<Subject> subjects, Set<PointKey> points) {
        Set<Long> sessions =
                subjects.stream().filter(SessionTables::holds).map(ids::of).collect(Collectors.toSet());
        return sessions.isEmpty()
                ? List.of()
                : points.stream()
                        .filter(point -> sessions.contains(point.subjectId()))
                        .toList();
    }

    @Override
    public void insert(Connection connection, Rows rows) throws SQLException {
        points.insert(connection, rows.points());
        SessionTables.show(connection, rows.ofSessions());
        Ledger.book(connection, rows.fates());
        Clocks.book(connection, batches(rows));
    }

    @Override
    public boolean merge(Connection connection, Rows rows) throws SQLException {
        Map<PointKey, PointRow> stored = points.find(
                connection, rows.points().stream().map(PointRow::key).toList());
        List<PointRow> added = new ArrayList<>();
        List<PointRow> changed = new ArrayList<>();
        for (PointRow row : rows.points()) {
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
        SessionTables.show(connection, rows.ofSessions());
        Ledger.book(connection, stored.isEmpty() ? rows.fates() : fates(rows, stored));
        Clocks.book(connection, batches(rows));
        return !stored.isEmpty();
    }

    private static List<PointBatch> batches(Rows rows) {
        return rows.fates().stream().map(Fate::batch).toList();
    }

    /** The same, knowing what was stored before. */
    private List<Fate> fates(Rows rows, Map<PointKey, PointRow> stored) {
        Map<PointKey, Shape> seen = new HashMap<>();
        stored.forEach((key, row) -> seen.put(key, row.shape()));
        List<Fate> fates = new ArrayList<>(rows.fates().size());
        for (Fate believed : rows.fates()) {
            Fate fate = new Fate(believed.partition(), believed.offset(), believed.batch(), grace);
            fates.add(fate);
            for (Point point : believed.batch().points()) {
                PointKey key = new PointKey(ids.of(point.subject()), point.timestamp());
                Shape before = seen.get(key);
                if (before == null) {
                    fate.fresh(point.timestamp(), point.shape().size());
                    seen.put(key, point.shape());
                } else {
                    fate.again(point.timestamp(), point.shape(), before);
                    seen.put(key, before.equals(point.shape()) ? before : before.with(point.shape()));
                }
            }
        }
        return fates;
    }

    @Override
    public void setAside(Connection connection, Delivered<PointBatch> record, String why) throws SQLException {
        Ledger.setAside(connection, place(record.source()), fate(record), why);
    }

    @Override
    public void forget() {
        ids.forget();
    }

    private static Set<Shape> shapes(Collection<PointRow> rows) {
        return rows.stream().map(PointRow::shape).collect(Collectors.toSet());
    }
}
