package io.peerscope.query.store;

import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of an answer while its rows come in, those of one line in order of time. */
final class SeriesList {
    private static final int MOST = 2_000;
    /** A point takes about 100 bytes until it is sent. */
    private static final int MOST_POINTS = 500_000;

    private final List<Grouping.Key> groups;
    private final List<Series> series = new ArrayList<>();
    private final Map<Line, List<List<@Nullable Number>>> points = new LinkedHashMap<>();

    private int added;

    private record Line(int group, String metric) {}

    SeriesList(List<Grouping.Key> groups) {
        this.groups = groups;
    }

    /**
     * @param group which of the groups
     * @param time start of the step, epoch milliseconds
     * @param value null where the step has no number
     */
    void add(int group, String metric, long time, @Nullable Number value) {
        List<List<@Nullable Number>> line = points.get(new Line(group, metric));
        if (line == null) {
            line = begin(group, metric);
        }
        line.add(Arrays.asList(time, value));
        if (++added > MOST_POINTS) {
            throw new RangeTooWideException("this makes more than " + MOST_POINTS
                    + " points; ask for fewer hosts or metrics, or give a lower max_points");
        }
    }

    private List<List<@Nullable Number>> begin(int group, String metric) {
        if (series.size() >= MOST) {
            throw new RangeTooWideException("this makes more than " + MOST
                    + " series; ask for fewer hosts or metrics, or put them together with group_by");
        }
        Grouping.Key key = groups.get(group);
        List<List<@Nullable Number>> line = new ArrayList<>();
        series.add(new Series(metric, key.host(), key.kind(), key.labels().asMap(), line));
        points.put(new Line(group, metric), line);
        return line;
    }

    List<Series> list() {
        return series;
    }
}
