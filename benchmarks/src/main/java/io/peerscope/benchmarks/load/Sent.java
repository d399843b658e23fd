package io.peerscope.benchmarks.load;

import io.peerscope.benchmarks.measure.Distribution;

/**
 * What became of the requests of a phase.
 *
 * @param seconds from the first request to the last answer
 * @param acceptedSamples in answers with 200: durable
 * @param acknowledged from sending to the answer, accepted requests only
 * @param refusedRequests answered otherwise; their samples are not sent again
 * @param brokenConnections requests without an answer
 */
public record Sent(
        double seconds,
        long requests,
        long acceptedSamples,
        Distribution.Summary acknowledged,
        long refusedRequests,
        long brokenConnections) {

    public double acceptedPerSecond() {
        return acceptedSamples / seconds;
    }
}
