package io.peerscope.alert.evaluation;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many samples does one core judge? A program, not a test: 10 000 hosts with 20 fields, decoded from bytes as the
 * topology does it, stores and topics left out. Arguments: number of rules, share of breaching hosts in percent.
 */
final class EvaluatorSpeed {
    private static final int HOSTS = 10_000;
    private static final int FIELDS = 20;
    private static final int ROUNDS = 40;
    private static final long INTERVAL = 5_000;

    private final Evaluator evaluator =
            new Evaluator(EvaluationConfig.defaults(), new EvaluationCounts(), new SilentOutlet());
    private final Shape shape = Shape.sorted(
            IntStream.range(0, FIELDS).mapToObj("field_%02d"::formatted).toArray(String[]::new));
    private final double breaching;

    private EvaluatorSpeed(int rules, double breaching) {
        this.breaching = breaching;
        evaluator.restore(
                IntStream.range(0, rules).mapToObj(EvaluatorSpeed::rule).toList(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    public static void main(String[] args) {
        int rules = Integer.parseInt(args[0]);
        EvaluatorSpeed speed = new EvaluatorSpeed(rules, Double.parseDouble(args[1]) / 100);
        for (int round = 0; round < ROUNDS; round++) {
            speed.round(round, rules);
        }
    }

    private static Rule rule(int number) {
        return Rules.rule("'id':'r%d','metric':'field_%02d','warning':80,'critical':90,'duration':60"
                .formatted(number, number % FIELDS));
    }

    private void round(int round, int rules) {
        long now = 1_000_000_000L + round * INTERVAL;
        List<byte[]> batches = new ArrayList<>();
        for (int host = 0; host < HOSTS; host++) {
            batches.add(batch("host-" + host, now, host < HOSTS * breaching ? 85 : 50));
        }
        long start = System.nanoTime();
        for (byte[] bytes : batches) {
            evaluator.points(PointBatchCodec.decode(bytes), now);
        }
        long judged = System.nanoTime();
        evaluator.tick(now, now);
        long ticked = System.nanoTime();
        if (round % 10 == 9) {
            System.out.printf(
                    "%d rules, %.0f %% breaching: %.0f samples/s, tick %.1f ms, heap %d MiB%n",
                    rules,
                    breaching * 100,
                    HOSTS * FIELDS / ((judged - start) / 1e9),
                    (ticked - judged) / 1e6,
                    heap() >> 20);
        }
    }

    private byte[] batch(String host, long now, double value) {
        double[] values = new double[FIELDS];
        Arrays.fill(values, value);
        Point point = new Point(new Subject(host, Subject.HOST, Labels.none()), now, shape, values, Map.of());
        return PointBatchCodec.encode(new PointBatch(host, "", now, now, "r", 0, false, List.of(point)));
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
