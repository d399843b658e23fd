package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    private static PointBatch batch(int points) {
        List<Point> list = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            Subject subject = new Subject("h", "map", Labels.of("map", "a map with a long name, number " + i));
            list.add(Point.of(subject, 1000 + i, Map.of("a", 1.0 * i, "b", 2.0 * i)));
        }
        return new PointBatch("h", "id", 1, 2000, "receipt", 0, true, list);
    }

    @Test
    void anOrdinaryBatchIsOneRecord() {
        assertThat(new Records(Records.MOST_BYTES).of(batch(50))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 500, 5_000, 100_000})
    void aLargeBatchIsSplitWithoutLosingAPoint(int mostBytes) {
        PointBatch batch = batch(1000);
        List<byte[]> records = new Records(mostBytes).of(batch);

        List<PointBatch> parts = records.stream().map(PointBatchCodec::decode).toList();
        assertThat(parts.stream().flatMap(part -> part.points().stream())).containsExactlyElementsOf(batch.points());
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.receipt()).isEqualTo("receipt");
            assertThat(part.simulated()).isTrue();
        });
        assertThat(records).allSatisfy(record -> assertThat(record.length)
                .satisfiesAnyOf(length -> assertThat(length).isLessThanOrEqualTo(mostBytes), length -> assertThat(
                                parts.get(records.indexOf(record)).points())
                        .hasSize(1)));
    }
}
