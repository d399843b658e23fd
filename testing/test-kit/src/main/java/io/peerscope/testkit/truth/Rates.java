package io.peerscope.testkit.truth;

import io.peerscope.contracts.point.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Change per second as the API defines it: in each part of the tier what the field changed by since the last sample of
 * the part before, over the time between the ends of the two; a step is the sum of its parts.
 */
final class Rates {
    private static final long LOOK_BACK = 300_000;

    private Rates() {}

    /**
     * @param tier empty for samples as they are
     * @param step start of the step that holds a time
     */
    static Map<Long, Double> of(
            NavigableMap<Long, Double> samples,
            FieldType type,
            Optional<Span> tier,
            long from,
            long to,
            LongUnaryOperator step) {
        long back = Math.max(
                LOOK_BACK, tier.map(span -> 2 * (span.endOf(from) - from)).orElse(0L));
        TreeMap<Long, List<Double>> parts = new TreeMap<>();
        samples.subMap(from - back, to).forEach((time, value) -> parts.computeIfAbsent(
                        tier.map(span -> span.startOf(time)).orElse(time), start -> new ArrayList<>())
                .add(value));
        TreeMap<Long, double[]> steps = new TreeMap<>();
        Map.Entry<Long, List<Double>> before = null;
        for (Map.Entry<Long, List<Double>> part : parts.entrySet()) {
            if (before != null && part.getKey() >= from) {
                double[] sums = steps.computeIfAbsent(step.applyAsLong(part.getKey()), start -> new double[2]);
                sums[0] += change(type, before.getValue().getLast(), part.getValue());
                sums[1] += (end(tier, part.getKey()) - end(tier, before.getKey())) / 1000.0;
            }
            before = part;
        }
        Map<Long, Double> rates = new TreeMap<>();
        steps.forEach((start, sums) -> rates.put(start, sums[0] / sums[1]));
        return rates;
    }

    private static long end(Optional<Span> tier, long start) {
        return tier.map(span -> span.endOf(start)).orElse(start);
    }

    private static double change(FieldType type, double was, List<Double> values) {
        if (type == FieldType.GAUGE) {
            return values.getLast() - was;
        }
        if (type != FieldType.COUNTER) {
            return Bucket.growth(was, values.getLast()); // of what nobody knows, roll-ups do not keep every step
        }
        double grown = Bucket.growth(was, values.getFirst());
        for (int i = 1; i < values.size(); i++) {
            grown += Bucket.growth(values.get(i - 1), values.get(i));
        }
        return grown;
    }
}
