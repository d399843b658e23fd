package io.peerscope.agent.probe;

import java.time.Duration;

/**
 * @param interval between two probes of one peer
 * @param window over how many of the last probes loss is counted
 * @param timeout after which a probe counts as lost; an answer that comes later, while the probe is in the window, mends that
 */
public record ProbeTiming(Duration interval, int window, Duration timeout) {}
