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

    /** Every state it reads. */
    default List<String> states() {
        return List.of();
    }

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

    /**
     * The newest word of a state. Its value is the rank of the word, from 1; 0 is any other word. A severity's limit is the
     * rank of its first word.
     *
     * @param metric name of the state
     * @param words those that count, of the mildest severity first
     */
    record State(String metric, List<String> words) implements Measure {
        /** What any other word is worth: nothing to worry about. */
        public static final double OTHER = 0;

        @Override
        public List<String> metrics() {
            return List.of();
        }

        @Override
        public List<String> states() {
            return List.of(metric);
        }

        @Override
        public Duration over() {
            return Duration.ZERO;
        }

        public double rank(String word) {
            return words.indexOf(word) + 1.0;
        }

        /** The word of this rank; "" of a rank that none has. */
        public String word(double rank) {
            int number = (int) rank;
            return number >= 1 && number <= words.size() ? words.get(number - 1) : "";
        }
    }

    /**
     * How many of the subjects meet a condition, over all hosts. Each second of event time has one value, of what every
     * subject said last by then; who has fallen silent does not count.
     *
     * @param minSubjects of fewer subjects nothing is said
     * @param by labels; subjects with the same values are one group, with an alert of its own. {@code host} is the host
     */
    record Group(Of of, Condition when, int minSubjects, List<String> by) implements Measure {
        /** Host of an alert whose group spans hosts. No host can have this name. */
        public static final String ANY_HOST = "*";

        public enum Of {
            /** Of all subjects of the group; 0.3 is 30 %. */
            SHARE,
            COUNT;

            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            static Optional<Of> of(String word) {
                return Arrays.stream(values())
                        .filter(o -> o.word().equals(word))
                        .findFirst();
            }
        }

        /** Named so that nobody takes its value for one of the field, with the field's unit. */
        @Override
        public String metric() {
            return of.word() + "(" + when.of() + ")";
        }

        @Override
        public List<String> metrics() {
            return when instanceof Condition.Number number ? List.of(number.of()) : List.of();
        }

        @Override
        public List<String> states() {
            return when instanceof Condition.Word word ? List.of(word.of()) : List.of();
        }

        @Override
        public Duration over() {
            return Duration.ZERO;
        }

        /** Whether each group is on one host. */
        public boolean onOneHost() {
            return by.contains("host");
        }
    }
}
