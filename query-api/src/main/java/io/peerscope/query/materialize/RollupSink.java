package io.peerscope.query.materialize;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.RollupRow;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.MinuteRollups;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@code metrics.rollups} into {@code rollup_1m}, and its notices of late windows into their queue. */
final class RollupSink implements Sink<RollupSink.Arrived, RollupSink.Rows> {
    private static final long MINUTE = 60_000;

    /** @param partition the same number as the partition of {@code metrics.points} that it was made from */
    record Arrived(int partition, RollupBatch batch) {}

    record Rows(Collection<RollupRow> minutes, Collection<LateWindows.Notice> late) {}

    private final Ids ids;
    private final MinuteRollups rollups;

    RollupSink(Ids ids) {
        this.ids = ids;
        this.rollups = new MinuteRollups(ids);
    }

    @Override
    public Topic topic() {
        return Topic.METRICS_ROLLUPS;
    }

    @Override
    public Arrived read(ConsumerRecord<String, byte[]> row) {
        RollupBatch batch = RollupBatchCodec.decode(row.value());
        if (batch.windowMillis() != MINUTE) {
            throw new MalformedRecordException("windows of " + batch.windowMillis() + " ms instead of a minute");
        }
        return new Arrived(row.partition(), batch);
    }

    @Override
    public Rows prepare(Connection connection, List<Delivered<Arrived>> delivered) throws SQLException {
        List<Arrived> batch = delivered.stream().map(Delivered::content).toList();
        Set<Subject> subjects = new HashSet<>();
        Set<Shape> shapes = new HashSet<>();
        for (Arrived each : batch) {
            for (Rollup rollup : each.batch().rollups()) {
                subjects.add(rollup.subject());
                shapes.add(rollup.shape());
            }
            each.batch().late().forEach(late -> subjects.add(late.subject()));
        }
        ids.resolve(connection, subjects, shapes);
        Map<PointKey, RollupRow> minutes = new LinkedHashMap<>();
        List<LateWindows.Notice> late = new ArrayList<>();
        for (Arrived each : batch) {
            for (Rollup rollup : each.batch().rollups()) {
                RollupRow row = RollupRow.of(ids.of(rollup.subject()), rollup);
                minutes.put(row.key(), row);
            }
            for (LateWindow window : each.batch().late()) {
                PointKey key = new PointKey(ids.of(window.subject()), window.start());
                late.add(new LateWindows.Notice(
                        key, each.partition(), each.batch().sourceOffset()));
            }
        }
        ids.remember(
                connection, minutes.values().stream().map(row -> new Ids.Sent(row.subjectId(), ids.of(row.shape()))));
        return new Rows(minutes.values(), late);
    }

    @Override
    public void insert(Connection connection, Rows rows) throws SQLException {
        rollups.insert(connection, rows.minutes());
        LateWindows.enqueue(connection, rows.late());
    }

    @Override
    public boolean merge(Connection connection, Rows rows) throws SQLException {
        rollups.put(connection, rows.minutes());
        LateWindows.enqueue(connection, rows.late());
        return false;
    }

    @Override
    public void forget() {
        ids.forget();
    }
}
