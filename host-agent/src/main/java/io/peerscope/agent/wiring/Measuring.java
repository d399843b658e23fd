package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.Group;
import io.peerscope.agent.collect.HostFields;
import io.peerscope.agent.collect.Reading;
import io.peerscope.agent.collect.Readings;
import io.peerscope.agent.collect.Selection;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.report.Point;
import io.peerscope.agent.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts a report together from what is known at one time. Not thread-safe. */
final class Measuring {
    private final Readings readings;
    private final Selection selection;
    private final Map<String, String> labels;
    private final Supplier<List<Point>> links;
    private final ReportQueue queue;
    private Reading before;

    /** @param links what probes know of the peers, each time it is asked */
    Measuring(
            Readings readings,
            Selection selection,
            Map<String, String> labels,
            Supplier<List<Point>> links,
            ReportQueue queue) {
        this.readings = readings;
        this.selection = selection;
        this.labels = labels;
        this.links = links;
        this.queue = queue;
        this.before = readings.take();
    }

    /** @return empty where nothing is wanted */
    Optional<Report> next() {
        Reading now = readings.take();
        Map<String, Double> fields = new LinkedHashMap<>(HostFields.between(before, now));
        before = now;
        if (selection.has(Group.AGENT)) {
            fields.put("agent_reports_waiting", (double) queue.waiting());
            fields.put("agent_reports_dropped", (double) queue.dropped());
        }
        List<Point> points = new ArrayList<>();
        points.add(Point.host(labels, selection.told(fields)));
        for (Point link : links.get()) {
            points.add(new Point(link.kind(), link.labels(), selection.told(link.fields()), link.states()));
        }
        points.removeIf(Point::isEmpty);
        return points.isEmpty() ? Optional.empty() : Optional.of(Report.of(now.epochMillis(), points));
    }
}
