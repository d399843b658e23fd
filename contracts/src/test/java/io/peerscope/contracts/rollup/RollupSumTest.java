package io.peerscope.contracts.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollupSumTest {
    private static final Subject SUBJECT = new Subject("h1", Subject.HOST, Labels.none());
    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());

    private static Rollup close(RollupSum sum) {
        return sum.close(
                (shape, count, total, min, max, last, first, gain, sketches, firstTime, lastTime) -> new Rollup(
                        SUBJECT, shape, 0, count, total, min, max, last, first, gain, sketches, firstTime, lastTime));
    }

    @Test
    void whatIsNoNumberIsPassedOver() {
        RollupSum sum = new RollupSum(Shape.sorted(), PLAN);
        sum.add(Shape.sorted("a", "b"), 1, new double[] {Double.NaN, Double.POSITIVE_INFINITY});
        assertThat(close(sum).shape().size()).isZero();
        sum.add(Shape.typed(new String[] {"a"}, new byte[] {1}), 2, new double[] {3});
        sum.add(Shape.sorted("a"), 3, new double[] {Staleness.MARKER});

        Rollup minute = close(sum);
        assertThat(minute.shape()).isEqualTo(Shape.typed(new String[] {"a"}, new byte[] {1}));
        assertThat(minute.count()).containsExactly(1);
        assertThat(minute.last()).containsExactly(3);
    }

    @Test
    void eachFieldIsCountedByItself() {
        RollupSum sum = new RollupSum(Shape.sorted(), PLAN);
        sum.add(Shape.sorted("a", "b"), 1, new double[] {1, 10});
        sum.add(Shape.sorted("a"), 2, new double[] {5});
        sum.add(Shape.sorted("a"), 3, new double[] {3});

        Rollup minute = close(sum);
        assertThat(minute.shape()).isEqualTo(Shape.sorted("a", "b"));
        assertThat(minute.count()).containsExactly(3, 1);
        assertThat(minute.sum()).containsExactly(9, 10);
        assertThat(minute.min()).containsExactly(1, 10);
        assertThat(minute.max()).containsExactly(5, 10);
        assertThat(minute.last()).containsExactly(3, 10);
        assertThat(minute.first()).containsExactly(1, 10);
        assertThat(minute.firstTime()).as("all fields agree").containsExactly(1);
        assertThat(minute.lastTime()).containsExactly(3, 1);
        assertThat(minute.gain()).as("what nobody knows may be a counter").containsExactly(4 + 3, 0);
    }

    @Test
    void ofWhatIsKnownNotToGrowNoGrowthIsKept() {
        RollupSum sum = new RollupSum(Shape.sorted("cpu_usage"), PLAN);
        sum.add(Shape.sorted("cpu_usage"), 5, new double[] {7});
        sum.add(Shape.sorted("cpu_usage"), 8, new double[] {9});

        assertThat(close(sum).first()).containsExactly(7);
        assertThat(close(sum).gain()).isEmpty();
        assertThat(close(sum).firstTime()).containsExactly(5);
        assertThat(close(sum).lastTime()).containsExactly(8);
    }

    @Test
    void aCounterThatStartsAgainGainsWhatItHas() {
        RollupSum sum = new RollupSum(Shape.sorted("bytes_sent"), PLAN);
        double[] values = {100, 150, 20, 30};
        for (int i = 0; i < values.length; i++) {
            sum.add(Shape.sorted("bytes_sent"), i, new double[] {values[i]});
        }
        assertThat(close(sum).first()).containsExactly(100);
        assertThat(close(sum).gain()).containsExactly(50 + 20 + 10);
    }

    @Test
    void onlyTheNewestPointMayComeAgain() {
        RollupSum sum = new RollupSum(Shape.sorted("a"), PLAN);
        sum.add(Shape.sorted("a"), 1, new double[] {1});
        sum.add(Shape.sorted("a"), 1, new double[] {1});
        sum.add(Shape.sorted("b"), 1, new double[] {7});
        assertThat(sum.disordered()).isFalse();
        assertThat(close(sum).count()).containsExactly(1, 1);
        sum.add(Shape.sorted("a"), 0, new double[] {1});
        assertThat(sum.disordered()).isTrue();
    }

    /** The aggregator makes room by the first point, who reads stored points by none: the sums are the same, bit for bit. */
    @Test
    void itDoesNotMatterForWhichFieldsThereWasRoom() {
        Random random = new Random(7);
        List<Shape> shapes = List.of(
                Shape.sorted("latency_ms"), Shape.sorted("bytes_sent", "latency_ms"), Shape.sorted("cpu_usage", "x"));
        RollupSum roomy = new RollupSum(shapes.get(2), PLAN);
        RollupSum bare = new RollupSum(Shape.sorted(), PLAN);
        for (int i = 0; i < 3_000; i++) {
            Shape shape = shapes.get(random.nextInt(shapes.size()));
            double[] values = random.doubles(shape.size(), -10, 1e6).toArray();
            roomy.add(shape, i, values);
            bare.add(shape, i, values);
        }
        assertThat(RollupBatchCodec.encode(new RollupBatch("h1", 60_000, List.of(close(roomy)), List.of(), -1)))
                .isEqualTo(RollupBatchCodec.encode(new RollupBatch("h1", 60_000, List.of(close(bare)), List.of(), -1)));
    }
}
