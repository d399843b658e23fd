package io.peerscope.testkit.network;

import java.time.Duration;

/** What a {@link TcpProxy} does with bytes. Counts are of each connection by itself. */
public sealed interface Fault {
    /** From whom bytes come to whom. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** Nothing is wrong. */
    record None() implements Fault {}

    /** Each piece waits so long before it goes on. Pieces stay in order, so a long stream gets slow, too. */
    record Delay(Duration by) implements Fault {}

    /** So many bytes a second, in each direction. */
    record Rate(int bytesPerSecond) implements Fault {}

    /** Connections are accepted and nothing is passed on. What was held goes on when the fault is over. */
    record Stall() implements Fault {}

    /** Open connections are reset, and new ones as soon as they are made. */
    record Reset() implements Fault {}

    /** Bytes of one direction vanish. A connection that has lost some passes nothing that way ever again. */
    record HalfOpen(Direction lost) implements Fault {}

    /**
     * After so many bytes of one direction both ends are cut off. With 0 to the client the server has done its work, and
     * its answer is lost.
     */
    record CutAfter(Direction direction, long bytes) implements Fault {}

    static Fault none() {
        return new None();
    }
}
