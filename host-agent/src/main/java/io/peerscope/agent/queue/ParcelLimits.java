package io.peerscope.agent.queue;

/** The most that goes in one request. One report always does. */
public record ParcelLimits(int points, long bytes) {}
