package io.peerscope.query.rest;

import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import io.peerscope.query.store.HistoryReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One number for each series of the past. Empty where it would be too much reading. */
final class PastSums {
    private static final int STEPS = 30;
    private static final int MILLIS = 1000;

    private final HistoryReader history;
    private final Instant from;
    private final Instant to;

    PastSums(HistoryReader history, Instant from, Instant to) {
        this.history = history;
        this.from = from;
        this.to = to;
    }

    /** By how much counters grew, resets survived; steps without a sample add nothing. */
    Map<String, Double> growth(String kind, String metric, Grouping by, Function<Series, String> name) {
        Map<String, Double> grown = new TreeMap<>();
        HistoryAnswer answer = ask(kind, metric, Aggregate.INCREASE, by, STEPS);
        for (Series series : answer.series()) {
            double sum = 0;
            for (List<? extends Object> point : series.points()) {
                sum += share(point, answer.stepSeconds()) * value(point);
            }
            grown.merge(name.apply(series), Math.max(0, sum), Double::sum);
        }
        return grown;
    }

    Map<String, Double> mean(String kind, String metric, Grouping by, Function<Series, String> name) {
        Map<String, Double> means = new TreeMap<>();
        for (Series series : ask(kind, metric, Aggregate.AVG, by, 1).series()) {
            double[] values = series.points().stream()
                    .filter(point -> point.get(1) instanceof Number)
                    .mapToDouble(PastSums::value)
                    .toArray();
            if (values.length > 0) {
                means.put(name.apply(series), Arrays.stream(values).average().orElse(0));
            }
        }
        return means;
    }

    /** Steps at the edges are asked for in part only: as if what grew there had grown evenly. */
    private double share(List<? extends Object> point, long step) {
        long start = point.getFirst() instanceof Number number ? number.longValue() : 0;
        long begins = Math.max(start, from.toEpochMilli());
        long ends = Math.min(start + step * MILLIS, to.toEpochMilli());
        return Math.max(0, ends - begins) / (double) (step * MILLIS);
    }

    private static double value(List<? extends Object> point) {
        return point.get(1) instanceof Number number ? number.doubleValue() : 0;
    }

    private HistoryAnswer ask(String kind, String metric, Aggregate aggregate, Grouping by, int steps) {
        HistoryRequest request =
                new HistoryRequest(from, to, List.of(metric), List.of(), kind, Map.of(), aggregate, by, steps);
        try {
            return history.answer(request, to);
        } catch (RangeTooWideException e) {
            return new HistoryAnswer("", 0, from, to, aggregate.word(), List.of());
        }
    }
}
