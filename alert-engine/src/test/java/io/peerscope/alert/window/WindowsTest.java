package io.peerscope.alert.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rule.WindowFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowsTest {
    private static final long OVER = 60_000;
    private static final long STALE = 300_000;

    private final Windows windows = new Windows(STALE);

    @Test
    void measureWhatIsInTheWindowAndNothingElse() {
        Series series = series(FieldType.GAUGE, 0, 100, 60, 4, 90, 1, 120, 7); // at 60 s it has just left
        assertThat(measure(WindowFunction.COUNT, series, 120)).isEqualTo(2);
        assertThat(measure(WindowFunction.SUM, series, 120)).isEqualTo(8);
        assertThat(measure(WindowFunction.AVG, series, 120)).isEqualTo(4);
        assertThat(measure(WindowFunction.MIN, series, 120)).isEqualTo(1);
        assertThat(measure(WindowFunction.MAX, series, 120)).isEqualTo(7);
        assertThat(measure(WindowFunction.LAST, series, 120)).isEqualTo(7);
        assertThat(measure(WindowFunction.CHANGES, series, 120)).isEqualTo(1);
        assertThat(measure(WindowFunction.AVG, series, 300)).isNaN();
        assertThat(windows.measure(WindowFunction.AVG, null, 0, OVER)).isNaN();
    }

    @Test
    void growthCountsFromTheSampleBeforeTheWindow() {
        assertThat(measure(WindowFunction.RATE, series(FieldType.COUNTER, 0, 10, 30, 40, 60, 70, 90, 100), 90))
                .isEqualTo(60.0 / 60);
        assertThat(measure(WindowFunction.RATE, series(FieldType.COUNTER, 30, 40), 30))
                .as("one sample shows no growth")
                .isNaN();
        assertThat(measure(WindowFunction.INCREASE, series(FieldType.COUNTER, 0, 10, 30, 40, 60, 70, 90, 100), 90))
                .isEqualTo(60);
        assertThat(measure(WindowFunction.INCREASE, series(FieldType.COUNTER, 30, 40), 30))
                .isNaN();
        assertThat(measure(WindowFunction.INCREASE, series(FieldType.COUNTER, 30, 40, 35, 45), 35))
                .as("nothing is made up for the time before the first sample")
                .isEqualTo(5);
    }

    @Test
    void aCounterThatBeginsAgainLosesNothing() {
        assertThat(measure(WindowFunction.RATE, series(FieldType.COUNTER, 0, 1000, 30, 1030, 60, 6), 60))
                .isEqualTo(36.0 / 60);
        assertThat(measure(WindowFunction.RATE, series(FieldType.UNKNOWN, 0, 1000, 30, 1030, 60, 6), 60))
                .isEqualTo(36.0 / 60);
        assertThat(measure(WindowFunction.RATE, series(FieldType.GAUGE, 0, 100, 60, 40), 60))
                .isEqualTo(-1);
    }

    @Test
    void deltasAddUpOverTheWholeWindow() {
        assertThat(measure(WindowFunction.RATE, series(FieldType.DELTA, 0, 99, 30, 20, 60, 40), 60))
                .isEqualTo(60.0 / 60);
    }

    @Test
    void nothingGrewOverAGap() {
        Series series = series(FieldType.COUNTER, 0, 10, 1000, 5000, 1030, 5003);
        assertThat(measure(WindowFunction.RATE, series, 1030)).isEqualTo(0.1);
    }

    @Test
    void quantilesLieBetweenTheRanks() {
        Series series = new Series();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            values.add(i);
        }
        Collections.shuffle(values, new Random(3));
        for (int i = 0; i <= 100; i++) {
            series.add(i * 100L, values.get(i), FieldType.GAUGE, OVER);
        }
        assertThat(windows.measure(WindowFunction.P50, series, 10_000, OVER)).isEqualTo(50);
        assertThat(windows.measure(WindowFunction.P95, series, 10_000, OVER)).isEqualTo(95);
        assertThat(windows.measure(WindowFunction.P99, series, 10_000, OVER)).isEqualTo(99);
        assertThat(measure(WindowFunction.P95, series(FieldType.GAUGE, 0, 10, 1, 20), 1))
                .isEqualTo(19.5);
    }

    /** What has been forgotten must not have mattered. */
    @Test
    void isTheSameHoweverMuchIsRemembered() {
        Random random = new Random(5);
        Series lean = new Series();
        Series full = new Series();
        long at = 0;
        for (int i = 0; i < 5_000; i++) {
            at += 1 + random.nextInt(20_000);
            double value = random.nextInt(50);
            lean.add(at, value, FieldType.COUNTER, OVER);
            full.add(at, value, FieldType.COUNTER, Long.MAX_VALUE / 2);
            for (WindowFunction function : WindowFunction.values()) {
                assertThat(windows.measure(function, lean, at, OVER))
                        .as("%s at %d", function, at)
                        .isEqualTo(Double.valueOf(windows.measure(function, full, at, OVER)));
            }
        }
        assertThat(lean.size()).isLessThan(100);
    }

    /** Eighty samples a second: more than are kept by themselves. A window is then longer by less than a second. */
    @ParameterizedTest
    @EnumSource(FieldType.class)
    void whatIsKeptByTheSecondIsMeasuredLikeTheSamplesThatItWas(FieldType type) {
        Random random = new Random(11);
        Series series = new Series();
        List<double[]> sent = new ArrayList<>();
        long at = 999_000;
        double value = 0;
        for (int i = 0; i < 15_000; i++) {
            at += i == 9_000 ? 20_000 : random.nextInt(1, 25);
            value = random.nextInt(5_000) == 0 ? 0 : value + random.nextInt(4);
            series.add(at, value, type, OVER);
            sent.add(new double[] {at, value});
            if (i % 97 == 0) {
                assertThat(series.size()).isLessThanOrEqualTo(Series.MOST);
                agrees(series, sent, at);
            }
        }
    }

    private void agrees(Series series, List<double[]> sent, long at) {
        int from = 0;
        while (sent.get(from)[0] <= at - OVER) {
            from++;
        }
        if (sent.size() - from > Series.MOST) { // its first second counts whole
            double second = Math.floor(sent.get(from)[0] / 1_000);
            while (from > 0 && Math.floor(sent.get(from - 1)[0] / 1_000) == second) {
                from--;
            }
        }
        List<double[]> window = sent.subList(from, sent.size());
        double base = sent.get(Math.max(from - 1, 0))[1];
        double before = base;
        double growth = 0;
        double changes = from == 0 || window.getFirst()[1] == base ? 0 : -1;
        for (double[] sample : window) {
            growth += sample[1] >= before ? sample[1] - before : sample[1];
            changes += sample[1] == before ? 0 : 1;
            before = sample[1];
        }
        double sum = window.stream().mapToDouble(sample -> sample[1]).sum();
        double increase =
                switch (series.type()) {
                    case GAUGE -> before - base;
                    case DELTA -> sum;
                    case COUNTER, UNKNOWN -> growth;
                };
        double millis = series.type() == FieldType.DELTA ? OVER : at - sent.get(Math.max(from - 1, 0))[0];
        double[] newest = window.stream()
                .skip(Math.max(0, window.size() - Series.MOST))
                .mapToDouble(sample -> sample[1])
                .sorted()
                .toArray();
        Map<WindowFunction, Double> expected = new EnumMap<>(WindowFunction.class);
        expected.put(WindowFunction.LAST, before);
        expected.put(WindowFunction.COUNT, (double) window.size());
        expected.put(WindowFunction.SUM, sum);
        expected.put(WindowFunction.AVG, sum / window.size());
        expected.put(
                WindowFunction.MIN,
                window.stream().mapToDouble(sample -> sample[1]).min().orElseThrow());
        expected.put(
                WindowFunction.MAX,
                window.stream().mapToDouble(sample -> sample[1]).max().orElseThrow());
        expected.put(WindowFunction.CHANGES, changes);
        if (window.size() > 1) {
            expected.put(WindowFunction.INCREASE, increase);
            expected.put(WindowFunction.RATE, increase / (millis / 1_000));
        }
        expected.put(WindowFunction.P50, between(newest, 0.50));
        expected.put(WindowFunction.P95, between(newest, 0.95));
        expected.put(WindowFunction.P99, between(newest, 0.99));
        expected.forEach((function, value) -> assertThat(windows.measure(function, series, at, OVER))
                .as("%s of %d samples", function, window.size())
                .isEqualTo(value));
    }

    private static double between(double[] sorted, double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (above - sorted[below]) * (rank - below);
    }

    /** As live and after a restart, or in a what-if: one has sent for long, and others look further back. */
    @Test
    void tooManySamplesAreTheSameForEverybodyWhateverTheySawBefore() {
        Random random = new Random(13);
        Series shorter = new Series();
        Series longer = new Series();
        Series later = new Series();
        long at = 500;
        for (int i = 0; i < 30_000; i++) {
            at += random.nextInt(1, 20);
            double value = random.nextDouble();
            shorter.add(at, value, FieldType.COUNTER, OVER);
            longer.add(at, value, FieldType.COUNTER, 3 * OVER);
            if (i > 10_000) {
                later.add(at, value, FieldType.COUNTER, OVER);
            }
            if (i > 20_000 && i % 50 == 0) {
                for (WindowFunction function : WindowFunction.values()) {
                    assertThat(List.of(
                                    windows.measure(function, longer, at, OVER),
                                    windows.measure(function, later, at, OVER)))
                            .as("%s at %d", function, at)
                            .containsOnly(windows.measure(function, shorter, at, OVER));
                }
            }
        }
    }

    /** Values are touched, and not seconds measured: 150 000 samples within five minutes, each with its percentile. */
    @Test
    void aSampleCostsTheSameHoweverManyThereAre() {
        Random random = new Random(17);
        Series series = new Series();
        for (int i = 0; i < 150_000; i++) {
            series.add(i * 2L, random.nextDouble(), FieldType.GAUGE, 5 * OVER);
            windows.measure(WindowFunction.P95, series, i * 2L, 5 * OVER);
        }
        assertThat(series.size()).isEqualTo(Series.MOST);
        assertThat(series.moves()).as("values put in and taken out").isLessThan(2 * 150_000);
    }

    private double measure(WindowFunction function, Series series, long second) {
        return windows.measure(function, series, second * 1_000, OVER);
    }

    /** Second, value, second, value … */
    private static Series series(FieldType type, double... samples) {
        Series series = new Series();
        for (int i = 0; i < samples.length; i += 2) {
            series.add((long) samples[i] * 1_000, samples[i + 1], type, Long.MAX_VALUE / 2);
        }
        return series;
    }
}
