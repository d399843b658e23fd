package io.peerscope.query.trend;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a limit is reached if things go on as they do. Times are days from now.
 *
 * @param reason why it is unknown; null where it is not
 * @param inDays by the slope itself, with its season
 * @param earliestInDays by the upper end of the slope's interval; null where not within the horizon
 * @param latestInDays by the lower end; null where not within the horizon, so perhaps never
 * @param horizonDays how far was looked: as asked, and at most four times as far as the data reach back
 * @param basedOn {@code history}, or {@code recent} where the last days clearly do something else
 * @param summary the same in a sentence
 */
public record Forecast(
        Verdict verdict,
        Trend.@Nullable Unknown reason,
        @Nullable Double limit,
        String direction,
        @Nullable Double inDays,
        @Nullable Double earliestInDays,
        @Nullable Double latestInDays,
        @Nullable Instant at,
        double horizonDays,
        String basedOn,
        String summary) {

    /** What comes of it. */
    public enum Verdict {
        /** It is being reached. */
        REACHED,
        /** It is reached already. */
        ALREADY,
        /** Not as far as one can look. */
        NOT_WITHIN_HORIZON,
        /** The data do not allow an answer. */
        UNKNOWN,
        /** There is no limit: none was given, and the catalogue knows none. */
        NO_LIMIT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
