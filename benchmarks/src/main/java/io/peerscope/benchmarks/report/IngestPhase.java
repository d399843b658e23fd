package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.Usage;

/**
 * What one server made of one format.
 *
 * @param version as it says itself; empty where it does not
 * @param usage during the measurement alone
 * @param accepted samples, with those of the warm-up
 * @param held samples that it can be asked for afterwards
 * @param diskBytes of its whole folder after that
 */
public record IngestPhase(
        String format,
        String server,
        String version,
        Sent sent,
        Usage usage,
        long accepted,
        long held,
        long diskBytes) {

    /** CPU seconds of a program for a million samples that were accepted. */
    public double perMillion(double cpuSeconds) {
        return cpuSeconds / sent.acceptedSamples() * 1e6;
    }

    public double cpuPerMillion() {
        return perMillion(usage.servingCpuSeconds());
    }

    public long missing() {
        return accepted - held;
    }

    public double diskBytesPerSample() {
        return diskBytes / (double) held;
    }
}
