package io.peerscope.contracts.rule;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule holds against its limits. A new value is measured with each sample of {@link #metric}. */
public sealed interface Measure {
    /** The field that the alert names. */
    String metric();

    /** Every field it reads. */
    List<String> metrics();

    /** How far it looks back; zero: the newest sample only. */
    Duration over();

    /** Whether it is 1 because nothing comes, which no sample can tell but the clock. */
    default boolean isAbsence() {
        return this instanceof Window window && window.function() == WindowFunction.ABSENT;
    }

    /** The newest sample as it is. */
    record Newest(String metric) implements Measure {
        @Override
        public List<String> metrics() {
            return List.of(metric);
        }

        @Override
        public Duration over() {
            return Duration.ZERO;
        }
    }

    record Window(String metric, WindowFunction function, Duration over) implements Measure {
        @Override
        public List<String> metrics() {
            return List.of(metric);
        }
    }

    /**
     * One field by another of the same subject, each seen through the same window: 0.5 is one half. Not known where the
     * second is zero.
     */
    record Ratio(String metric, String to, WindowFunction function, Duration over) implements Measure {
        @Override
        public List<String> metrics() {
            return List.of(metric, to);
        }
    }

    /** Held against what the past of the series makes one expect, which comes from outside: see docs/detection.md. */
    sealed interface Detect extends Measure {
        /** What of a window is held against it: the average, or the rate of what only grows. */
        WindowFunction function();

        @Override
        default List<String> metrics() {
            return List.of(metric());
        }
    }

    /**
     * How far the value strays from what is usual at that time, counted in what the series usually strays.
     *
     * @param margin a value that strays less, in units of the field, is never out of the ordinary
     */
    record Anomaly(String metric, WindowFunction function, Duration over, Season season, Side side, double margin)
            implements Detect {}

    /** Where the value will have come in {@code within} at the latest, if its trend goes on. */
    record Forecast(String metric, WindowFunction function, Duration over, Duration within) implements Detect {}

    /** What repeats itself: a value is held against those at the same hour of the day, or of the week. */
    enum Season {
        DAY(1),
        WEEK(7);

        private final int days;

        Season(int days) {
            this.days = days;
        }

        public int days() {
            return days;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Season> of(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }

    /** On which side of the usual a value is out of the ordinary. */
    enum Side {
        UP,
        DOWN,
        BOTH;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Side> of(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }
}
