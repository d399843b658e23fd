package io.peerscope.contracts.notify;

/**
 * One of those that have the largest part in what an alert is about.
 *
 * @param kind map, peer, link or host
 * @param metric of which {@code value} is one; not always that of the alert
 */
public record Contributor(String kind, String name, String metric, double value) {}
