package io.peerscope.query.trend;

import io.peerscope.query.trend.Forecast.Verdict;
import io.peerscope.query.trend.Trend.Unknown;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was found into a forecast and a sentence.
 *
 * @param horizon days
 * @param unit of the series, "" where it has none
 * @param recent whether the last days decide
 */
record ForecastWords(@Nullable Double limit, Direction direction, double horizon, String unit, boolean recent) {
    /** Nobody looks further ahead than so many times as far as the data reach back. */
    static final double FURTHEST = 4;

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    Forecast noLimit() {
        return make(Verdict.NO_LIMIT, null, null, null, null, null, "there is no limit; name one with limit=");
    }

    Forecast already() {
        return make(Verdict.ALREADY, null, null, null, null, null, "has reached " + goal() + " already");
    }

    Forecast reached(double in, @Nullable Double earliest, @Nullable Double latest, Instant at) {
        String from = earliest == null ? "" : time(earliest) + " at the earliest, ";
        String to = latest == null ? "perhaps never" : time(latest) + " at the latest";
        String sentence = "reaches " + goal() + " in " + time(in) + " (" + from + to + ")";
        return make(Verdict.REACHED, null, in, earliest, latest, at, sentence);
    }

    Forecast notWithin(@Nullable Double earliest) {
        String sentence = "does not reach " + goal() + " within " + time(horizon)
                + (earliest == null ? "" : ", " + time(earliest) + " being the earliest conceivable");
        return make(Verdict.NOT_WITHIN_HORIZON, null, null, earliest, null, null, sentence);
    }

    Forecast unknown(Unknown reason, @Nullable Double earliest, @Nullable Double latest) {
        String why =
                switch (reason) {
                    case TOO_SHORT -> "too little history: three days of hours, or three weeks of days, are needed";
                    case TOO_MANY_GAPS -> "fewer than a quarter of the steps have a value";
                    case STALE -> "nothing came for a day or more";
                    case TOO_NOISY -> "the values are too irregular for a trend";
                    case NO_CLEAR_TREND ->
                        "no clear trend" + (earliest == null ? "" : "; " + goal() + " not before " + time(earliest));
                };
        return make(Verdict.UNKNOWN, reason, null, earliest, latest, null, why);
    }

    private Forecast make(
            Verdict verdict,
            @Nullable Unknown reason,
            @Nullable Double in,
            @Nullable Double earliest,
            @Nullable Double latest,
            @Nullable Instant at,
            String summary) {
        return new Forecast(
                verdict,
                reason,
                limit,
                direction.word(),
                in,
                earliest,
                latest,
                at,
                horizon,
                recent ? "recent" : "history",
                summary);
    }

    private String goal() {
        String number = limit == null ? "" : number(limit);
        return unit.isEmpty() ? number : number + " " + unit;
    }

    private static String number(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal shown = value == Math.rint(value) ? exact : exact.round(FOUR_DIGITS);
        return Math.abs(value) < 1e15 ? shown.stripTrailingZeros().toPlainString() : shown.toString();
    }

    private static String time(double days) {
        if (days < 2) {
            long hours = Math.max(1, Math.round(days * 24));
            return hours == 1 ? "1 hour" : hours + " hours";
        }
        return (days < 10 ? number(Math.round(days * 10) / 10.0) : Long.toString(Math.round(days))) + " days";
    }
}
