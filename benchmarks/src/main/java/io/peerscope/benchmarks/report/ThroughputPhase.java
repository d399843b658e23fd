package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.load.Drain;
import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How much goes through, and what it costs.
 *
 * @param samplesPerRequest of 20 fields a point
 * @param through seconds from the first request until everything was through a stage
 * @param usage from the first request until everything was through all stages
 * @param stored what was added to the database; null where it cannot be asked
 */
public record ThroughputPhase(
        int connections,
        int samplesPerRequest,
        Sent sent,
        Map<String, Double> through,
        Usage usage,
        @Nullable Stored stored) {

    public OptionalDouble perSecond(String stage) {
        Double seconds = through.get(stage);
        return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(sent.acceptedSamples() / seconds);
    }

    public OptionalDouble storedPerSecond() {
        return perSecond(Drain.STORED);
    }

    /** CPU seconds of a program for a million samples that were accepted. */
    public double perMillion(double cpuSeconds) {
        return cpuSeconds / sent.acceptedSamples() * 1e6;
    }

    public Optional<Stored> storage() {
        return Optional.ofNullable(stored);
    }
}
