package io.peerscope.testkit.truth;

import java.util.List;

/**
 * What samples of one field come to.
 *
 * @param gain how much they grew if they are those of a counter, a fall being a start from zero
 * @param sorted the samples, ascending
 */
public record Bucket(
        long count, double sum, double min, double max, double first, double last, double gain, List<Double> sorted) {

    /** @param samples in order of time, at least one */
    static Bucket of(List<Double> samples) {
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
                sorted);
    }

    static double growth(double before, double after) {
        return after >= before ? after - before : after;
    }

    /**
     * Whether that may be called the value below which such a share of the samples lies, with a relative error of 1 %. Where
     * the share falls between two samples, either and anything between them will do.
     */
    boolean allows(double share, double percentile) {
        double rank = share * (count - 1);
        double low = sorted.get((int) Math.floor(rank));
        double high = sorted.get((int) Math.ceil(rank));
        double error = 0.01 + 1e-9;
        return percentile >= low - error * Math.abs(low) && percentile <= high + error * Math.abs(high);
    }
}
