package io.peerscope.testkit.truth;

import io.peerscope.contracts.point.FieldType;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Change per second as the API defines it. It knows samples only: of which tier an answer is made must not be seen. From
 * each sample to the next the field changes by something over some time; a step's rate is what the changes that end in it
 * come to over the time that they took. Samples that are further apart than an hour, and than a step, say nothing of one
 * another. Deltas are added up over the step.
 */
final class Rates {
    private static final long HOUR = 3_600_000;

    private Rates() {}

    /**
     * @param from of what is asked for
     * @param to exclusive
     * @param stepOf start of the step that holds a time
     * @param stepEnd end of the step that starts there
     */
    static Map<Long, Double> of(
            NavigableMap<Long, Double> samples,
            FieldType type,
            long from,
            long to,
            LongUnaryOperator stepOf,
            LongUnaryOperator stepEnd,
            long longestStep) {
        Map<Long, double[]> steps = new TreeMap<>();
        Map.Entry<Long, Double> before = null;
        for (Map.Entry<Long, Double> sample : samples.headMap(to).entrySet()) {
            if (sample.getKey() >= from) {
                long step = stepOf.applyAsLong(sample.getKey());
                double[] sums = steps.computeIfAbsent(step, start -> new double[2]);
                if (type == FieldType.DELTA) {
                    sums[0] += sample.getValue();
                    sums[1] = Math.min(to, stepEnd.applyAsLong(step)) - Math.max(from, step);
                } else if (before != null && sample.getKey() - before.getKey() <= Math.max(HOUR, longestStep)) {
                    sums[0] += change(type, before.getValue(), sample.getValue());
                    sums[1] += sample.getKey() - before.getKey();
                }
            }
            before = sample;
        }
        Map<Long, Double> rates = new TreeMap<>();
        steps.forEach((start, sums) -> {
            if (sums[1] > 0) {
                rates.put(start, sums[0] / sums[1] * 1000);
            }
        });
        return rates;
    }

    private static double change(FieldType type, double before, double after) {
        return type == FieldType.GAUGE ? after - before : Bucket.growth(before, after);
    }
}
