package io.peerscope.gateway.live;

/**
 * A piece of state that a connection may follow. Only its latest value matters, so it can be conflated.
 */
public sealed interface StateKey {
    /** Totals of the network. */
    record Metrics() implements StateKey {}

    /** Counts of hosts and the alerts that are active. */
    record Status() implements StateKey {}

    /** All hosts, as they change. */
    record Hosts() implements StateKey {}

    /** One host. */
    record OneHost(String host) implements StateKey {}
}
