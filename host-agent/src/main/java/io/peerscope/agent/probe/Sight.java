package io.peerscope.agent.probe;

import java.util.OptionalDouble;

/**
 * What a look at a link shows.
 *
 * @param roundTrip mean since the last look, nanoseconds; empty where nothing was answered since
 * @param jitter nanoseconds, empty likewise
 * @param loss share of probes, 0 to 1; empty while the fate of none is known
 */
record Sight(OptionalDouble roundTrip, OptionalDouble jitter, OptionalDouble loss, State state) {
    /** Of the metric catalogue's words for {@code connection_state}, those that probes can tell. */
    enum State {
        CONNECTING,
        CONNECTED,
        /** Answered once, and no more. */
        DISCONNECTED,
        /** Never answered. */
        FAILED
    }
}
