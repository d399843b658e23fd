package io.peerscope.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept in the heap for rules that have nothing to say of their subjects, the subjects themselves included. */
class IdleMemoryTest {
    private static final int FIELDS = 20;
    private static final long NOW = 1_000_000_000L;

    /** @param bytes for each pair of rule and subject */
    @ParameterizedTest
    @CsvSource({"100, 10000, 20", "20, 10000, 80", "5, 20000, 200"})
    void aQuietPairOfRuleAndSubjectIsSmall(int rules, int hosts, int bytes) {
        Evaluator evaluator = new Evaluator(EvaluationConfig.defaults(), new EvaluationCounts(), new SilentOutlet());
        evaluator.restore(
                IntStream.range(0, rules).mapToObj(IdleMemoryTest::rule).toList(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        Shape shape = Shape.sorted(
                IntStream.range(0, FIELDS).mapToObj("field_%02d"::formatted).toArray(String[]::new));
        long before = heap();
        for (int round = 0; round < 3; round++) {
            for (int host = 0; host < hosts; host++) {
                evaluator.points(batch("host-" + host, NOW + round * 5_000L, shape), NOW + round * 5_000L);
            }
        }
        double each = (heap() - before) / ((double) rules * hosts);
        Reference.reachabilityFence(evaluator);
        assertThat(each).isLessThan(bytes);
    }

    private static Rule rule(int number) {
        return Rules.rule("'id':'r%d','metric':'field_%02d','warning':80,'critical':90,'duration':60"
                .formatted(number, number % FIELDS));
    }

    /** Names are new each time, as they are when they come from the wire. */
    private static PointBatch batch(String host, long at, Shape shape) {
        double[] values = new double[FIELDS];
        Arrays.fill(values, 50);
        Point point = new Point(new Subject(host, Subject.HOST, Labels.none()), at, shape, values, Map.of());
        return new PointBatch(host, "", at, at, "r", 0, false, List.of(point));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
