package io.peerscope.agent.report;

import java.util.Collection;

/**
 * All points of one time, encoded once, so that they are the same however often and in whatever company they are sent.
 *
 * @param timestamp when it was measured, epoch milliseconds of this host's clock
 * @param points how many there are
 * @param json the points, separated by commas
 */
public record Report(long timestamp, int points, String json) {
    public static Report of(long timestamp, Collection<Point> points) {
        return new Report(timestamp, points.size(), PointJson.encode(timestamp, points));
    }
}
