package io.peerscope.query.trend;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a series grows in the long run. Slopes are in the unit of the series for each day.
 *
 * @param reason why there is no slope; null where there is
 * @param season what was taken out: {@code week} or {@code day}
 * @param lowPerDay the true slope lies between this and {@code highPerDay} 19 times out of 20; null: nothing bounds it
 * @param days from the first value to now
 * @param values that there are
 * @param levelShifts jumps that were taken out before
 * @param recent what the last days do, where that is clearly something else
 */
public record Trend(
        @Nullable Unknown reason,
        @Nullable String season,
        @Nullable Double slopePerDay,
        @Nullable Double lowPerDay,
        @Nullable Double highPerDay,
        Course direction,
        double days,
        int values,
        List<LevelShift> levelShifts,
        @Nullable Recent recent) {

    /** A jump to a level that stayed. */
    public record LevelShift(Instant at, double by) {}

    /** The slope of the last {@code days}. */
    public record Recent(
            int days,
            double slopePerDay,
            @Nullable Double lowPerDay,
            @Nullable Double highPerDay) {}

    /** Why the data do not allow an answer. */
    public enum Unknown {
        /** Fewer than three days of hours, or three weeks of days. */
        TOO_SHORT,
        /** Fewer than a quarter of the steps have a value. */
        TOO_MANY_GAPS,
        /** Nothing came for a day. */
        STALE,
        /** So irregular that any slope might be the true one. */
        TOO_NOISY,
        /** It may as well go neither way, so nobody can tell when. */
        NO_CLEAR_TREND;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which way it goes, if that can be told. */
    public enum Course {
        RISING,
        FALLING,
        /** Neither, as far as can be told. */
        STEADY,
        UNKNOWN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Trend unknown(Unknown reason, double days, int values) {
        return new Trend(reason, null, null, null, null, Course.UNKNOWN, days, values, List.of(), null);
    }
}
