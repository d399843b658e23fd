package io.peerscope.agent.send;

import java.util.Map;

/**
 * What was measured at one time.
 *
 * @param id stays the same however often it is sent, so that it counts once
 * @param timestamp when it was measured, epoch milliseconds
 */
public record Report(String id, long timestamp, Map<String, Double> fields) {}
