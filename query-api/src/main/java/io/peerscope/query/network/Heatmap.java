package io.peerscope.query.network;

import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of links over time, as a grid.
 *
 * @param times begin of each step in epoch milliseconds; gaps between them are steps without any value
 * @param links worst first, by their mean
 */
public record Heatmap(List<Long> times, List<Row> links) {

    /**
     * One direction of a link.
     *
     * @param from the end that measured
     * @param values one for each of the times; null where nothing was measured
     */
    public record Row(String from, String to, double mean, double worst, List<@Nullable Double> values) {}

    /** Of series by host and peer. */
    public static Heatmap of(HistoryAnswer answer, LinkMatrix.Metric metric) {
        TreeMap<Long, Integer> places = new TreeMap<>();
        for (Series series : answer.series()) {
            series.points().forEach(point -> {
                if (point.getFirst() != null) {
                    places.put(point.getFirst().longValue(), 0);
                }
            });
        }
        int place = 0;
        for (Map.Entry<Long, Integer> each : places.entrySet()) {
            each.setValue(place++);
        }
        List<Row> rows = new ArrayList<>();
        for (Series series : answer.series()) {
            String peer = series.labels().getOrDefault("peer", "");
            if (series.host() != null && !peer.isEmpty()) {
                row(series.host(), peer, series, places, metric, rows);
            }
        }
        Comparator<Row> byMean = Comparator.comparingDouble(Row::mean);
        rows.sort((metric.lowIsBad() ? byMean : byMean.reversed())
                .thenComparing(Row::from)
                .thenComparing(Row::to));
        return new Heatmap(List.copyOf(places.keySet()), rows);
    }

    private static void row(
            String from,
            String to,
            Series series,
            Map<Long, Integer> places,
            LinkMatrix.Metric metric,
            List<Row> rows) {
        @Nullable Double[] values = new Double[places.size()];
        double sum = 0;
        int known = 0;
        double worst = metric.lowIsBad() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        for (List<@Nullable Number> point : series.points()) {
            Number time = point.getFirst();
            Number value = point.getLast();
            Integer place = time == null ? null : places.get(time.longValue());
            if (place != null && value != null) {
                values[place] = value.doubleValue();
                sum += value.doubleValue();
                known++;
                worst = metric.lowIsBad() ? Math.min(worst, value.doubleValue()) : Math.max(worst, value.doubleValue());
            }
        }
        if (known > 0) {
            List<@Nullable Double> shown = new ArrayList<>(values.length);
            for (@Nullable Double value : values) {
                shown.add(value);
            }
            rows.add(new Row(from, to, sum / known, worst, shown));
        }
    }
}
