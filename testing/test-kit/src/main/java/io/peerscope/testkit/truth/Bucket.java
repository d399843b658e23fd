package io.peerscope.testkit.truth;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * What samples of one field come to.
 *
 * @param gain how much they grew if they are those of a counter, a fall being a start from zero
 * @param sorted the samples, ascending
 */
public record Bucket(
        long count,
        double sum,
        double min,
        double max,
        double first,
        double last,
        double gain,
        long firstTime,
        long lastTime,
        List<Double> sorted) {

    record Sample(long time, double value) {}

    static Bucket of(SortedMap<Long, Double> samples) {
        return of(samples.entrySet().stream()
                .map(each -> new Sample(each.getKey(), each.getValue()))
                .toList());
    }

    /** @param unsorted of one series or of several, at least one; of those of the same time the highest is the last */
    static Bucket of(List<Sample> unsorted) {
        List<Sample> timed = unsorted.stream()
                .sorted(Comparator.comparingLong(Sample::time).thenComparingDouble(Sample::value))
                .toList();
        List<Double> samples = timed.stream().map(Sample::value).toList();
        double sum = 0;
        double gain = 0;
        for (int i = 0; i < samples.size(); i++) {
            double before = i == 0 ? samples.get(i) : samples.get(i - 1);
            sum += samples.get(i);
            gain += growth(before, samples.get(i));
        }
        List<Double> sorted = samples.stream().sorted().toList();
        return new Bucket(
                samples.size(),
                sum,
                sorted.getFirst(),
                sorted.getLast(),
                samples.getFirst(),
                samples.getLast(),
                gain,
                timed.getFirst().time(),
                timed.getLast().time(),
                sorted);
    }

    static double growth(double before, double after) {
        return after >= before ? after - before : after;
    }

    /** The sample at rank floor(share × (count − 1)), which is what is called a percentile everywhere. */
    double percentile(double share) {
        return sorted.get((int) Math.floor(share * (count - 1)));
    }

    /** Whether a sketch may say so: that sample, with a relative error of 1 %; what is next to nothing it calls zero. */
    boolean allows(double share, double percentile) {
        double sample = percentile(share);
        return Math.abs(percentile - sample) <= (0.01 + 1e-9) * Math.abs(sample) + 1e-9;
    }
}
