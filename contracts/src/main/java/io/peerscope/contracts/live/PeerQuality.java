package io.peerscope.contracts.live;

import org.jspecify.annotations.Nullable;

/**
 * What a host measured last of its link to one peer.
 *
 * @param latencyMs null where it does not measure that
 * @param packetLoss percent; null where it does not measure that
 */
public record PeerQuality(
        String peer, @Nullable Double latencyMs, @Nullable Double packetLoss) {}
