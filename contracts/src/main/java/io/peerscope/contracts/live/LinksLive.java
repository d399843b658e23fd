package io.peerscope.contracts.live;

import org.jspecify.annotations.Nullable;

/**
 * A host's connections in short.
 *
 * @param fresh links reported within the last 30 s
 * @param impaired of these, how many lose more than 5 % or take more than 200 ms
 * @param averageLatencyMs mean over the fresh links that report a latency; null where none does
 */
public record LinksLive(int fresh, int impaired, @Nullable Double averageLatencyMs) {}
