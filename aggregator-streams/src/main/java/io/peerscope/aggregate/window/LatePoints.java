package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.MinuteWindow;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The late points of one record: however many, one notice for each subject and window. */
final class LatePoints {
    private final Set<LateWindow> notices = new LinkedHashSet<>();
    private @Nullable Subject subject;
    private long start;
    private int points;

    void add(Point point) {
        points++;
        long pointStart = MinuteWindow.startOf(point.timestamp());
        if (point.subject() != subject || pointStart != start) {
            subject = point.subject();
            start = pointStart;
            notices.add(new LateWindow(point.subject(), start));
        }
    }

    Set<LateWindow> notices() {
        return notices;
    }

    int points() {
        return points;
    }
}
