package io.peerscope.agent.queue;

import io.peerscope.agent.report.Point;
import io.peerscope.agent.report.Report;
import java.util.List;
import java.util.Map;

/** Reports to test with. */
public final class Reports {
    private Reports() {}

    /** One point, measured at that time. */
    public static Report at(long timestamp) {
        return Report.of(timestamp, List.of(Point.host(Map.of(), Map.of("load1", 1.0))));
    }
}
