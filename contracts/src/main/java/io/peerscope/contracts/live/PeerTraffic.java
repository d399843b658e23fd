package io.peerscope.contracts.live;

import org.jspecify.annotations.Nullable;

/**
 * What a host says to have exchanged with one peer, in bytes a second over the 60 s before its newest report of it.
 *
 * @param inBytesPerSecond null where the host does not report what it receives
 * @param outBytesPerSecond null where it does not report what it sends
 * @param seconds how much of the 60 s the reports cover, less only at the beginning
 */
public record PeerTraffic(
        String peer,
        @Nullable Double inBytesPerSecond,
        @Nullable Double outBytesPerSecond,
        double seconds) {}
