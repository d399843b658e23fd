package io.peerscope.query.store;

import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of an answer while its rows come in, those of one line in order of time. */
final class SeriesList {
    private final List<Grouping.Key> groups;
    private final int mostSeries;
    private final int mostPoints;
    private final Map<Line, Series> series = new HashMap<>();

    private int added;

    private record Line(int group, String metric) {}

    SeriesList(List<Grouping.Key> groups, int mostSeries, int mostPoints) {
        this.groups = groups;
        this.mostSeries = mostSeries;
        this.mostPoints = mostPoints;
    }

    /**
     * @param group which of the groups
     * @param time start of the step, epoch milliseconds
     * @param value null where the step has no number
     */
    void add(int group, String metric, long time, @Nullable Number value) {
        Line line = new Line(group, metric);
        Series begun = series.get(line);
        if (begun == null) {
            begun = begin(line);
        }
        begun.points().add(Arrays.asList(time, value));
        if (++added > mostPoints) {
            throw new RangeTooWideException("this makes more than " + mostPoints
                    + " points; ask for fewer hosts or metrics, or give a lower max_points");
        }
    }

    private Series begin(Line line) {
        if (series.size() >= mostSeries) {
            throw new RangeTooWideException("this makes more than " + mostSeries
                    + " series; ask for fewer hosts or metrics, or put them together with group_by");
        }
        Grouping.Key key = groups.get(line.group());
        Series begun =
                new Series(line.metric(), key.host(), key.kind(), key.labels().asMap(), new ArrayList<>());
        series.put(line, begun);
        return begun;
    }

    /** In the order of the groups, and of the names of metrics. */
    List<Series> list() {
        return series.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(Line::group).thenComparing(Line::metric)))
                .map(Map.Entry::getValue)
                .toList();
    }
}
