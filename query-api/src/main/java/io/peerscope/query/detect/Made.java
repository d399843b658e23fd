package io.peerscope.query.detect;

import io.peerscope.contracts.detect.Expectation;
import java.util.Locale;

/** What came of an attempt to expect something of a series. */
public sealed interface Made {
    record Known(Expectation expectation) implements Made {}

    /** Nothing can be expected, so the rule does not judge the series. */
    record Withheld(Why why) implements Made {}

    enum Why {
        TOO_SHORT,
        TOO_MANY_GAPS,
        STALE,
        TOO_NOISY,
        NO_CLEAR_TREND,
        /** It was always 0, and nothing says how large a change would matter. */
        MOTIONLESS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
