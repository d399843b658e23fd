package io.peerscope.query.trend;

import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges all series of an answer about the past. */
public final class Trends {
    private Trends() {}

    /**
     * What is asked of each.
     *
     * @param limit null: none
     * @param unit of the series, "" where it has none
     */
    public record Question(@Nullable Double limit, Direction direction, double horizonDays, String unit) {}

    /** Those first that reach the limit first, and then those that might. */
    public static List<SeriesTrend> of(HistoryAnswer past, Question question) {
        long step = past.stepSeconds() * 1000;
        if (step != Steps.HOUR && step != Steps.DAY) {
            throw new RangeTooWideException("neither hours nor days are kept that far back; ask for fewer weeks");
        }
        return past.series().stream()
                .map(series -> judge(series, past, step, question))
                .sorted(Comparator.comparingDouble((SeriesTrend trend) -> urgency(trend.forecast()))
                        .thenComparingDouble(trend -> days(trend.forecast().earliestInDays())))
                .toList();
    }

    private static double urgency(Forecast forecast) {
        return forecast.verdict() == Forecast.Verdict.ALREADY ? 0 : days(forecast.inDays());
    }

    private static double days(@Nullable Double days) {
        return days == null ? Double.MAX_VALUE : days;
    }

    private static SeriesTrend judge(Series series, HistoryAnswer past, long step, Question question) {
        Analysis analysis = new Analysis(steps(series, past, step));
        return new SeriesTrend(
                series.metric(),
                series.host(),
                series.kind(),
                series.labels(),
                analysis.comparison(),
                analysis.trend(),
                analysis.forecast(question.limit(), question.direction(), question.horizonDays(), question.unit()),
                analysis.pattern());
    }

    /** Steps that are over. */
    private static Steps steps(Series series, HistoryAnswer past, long step) {
        long start = Math.floorDiv(past.from().toEpochMilli(), step) * step;
        long end = Math.floorDiv(past.to().toEpochMilli(), step) * step;
        return Steps.of(series.points(), start, end, step);
    }
}
