package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reports that go in one request, in the order of measuring.
 *
 * @param batch run of the agent and numbers within it: the same name never stands for other reports
 * @param arrivedIf it was sent before, and nobody knows whether it arrived; it did if this is the time of the newest
 *     point that the server holds of us. Empty where no such time would prove it
 */
public record Parcel(Lane lane, String batch, Span span, List<Report> reports, OptionalLong arrivedIf) {
    public int points() {
        return reports.stream().mapToInt(Report::points).sum();
    }
}
