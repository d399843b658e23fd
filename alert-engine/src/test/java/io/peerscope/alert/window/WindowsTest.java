package io.peerscope.alert.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rule.WindowFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
