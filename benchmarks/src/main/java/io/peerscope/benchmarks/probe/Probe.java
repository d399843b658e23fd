package io.peerscope.benchmarks.probe;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One breaching sample, from a host that nobody had heard of, and who was told when.
 *
 * @param posted just before the request is written
 * @param acknowledged null where the answer was not 200
 */
record Probe(String host, Instant posted, @Nullable Instant acknowledged) {

    Optional<Instant> answer() {
        return Optional.ofNullable(acknowledged);
    }
}
