package io.peerscope.benchmarks.probe;

import io.peerscope.benchmarks.measure.Distribution;
import java.util.Map;

/**
 * From the POST of a breaching sample, each in milliseconds.
 *
 * @param probes that were sent; what is missing from a way's number did not arrive by it
 * @param acknowledged to the answer
 * @param onTheWay to when it could be read from each topic between; empty where the broker is not known
 * @param webhook to the arrival of {@code alert.firing} at a webhook
 * @param alertFrame to the arrival of the alert on {@code /monitor}
 * @param hostFrame to the arrival of the host's state there; such frames are gathered, at most one a second
 */
public record Latencies(
        int probes,
        Distribution.Summary acknowledged,
        Map<String, Distribution.Summary> onTheWay,
        Distribution.Summary webhook,
        Distribution.Summary alertFrame,
        Distribution.Summary hostFrame) {}
