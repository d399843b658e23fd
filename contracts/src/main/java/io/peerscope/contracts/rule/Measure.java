package io.peerscope.contracts.rule;

import java.time.Duration;
import java.util.List;

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
}
