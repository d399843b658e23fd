package io.peerscope.simulator.world;

/**
 * Two hosts that talk to each other; both report it. The ends are positions in the list of hosts, the lower one first.
 *
 * @param index its own position in the list of links
 * @param roundTripMs when all is well
 * @param bandwidthMbps when all is well
 * @param relayed always goes by a relay: its ends cannot reach each other directly
 */
record Link(int index, int a, int b, double roundTripMs, double bandwidthMbps, boolean relayed) {
    Link at(int position) {
        return new Link(position, a, b, roundTripMs, bandwidthMbps, relayed);
    }

    int other(int end) {
        return end == a ? b : a;
    }

    boolean touches(int host) {
        return a == host || b == host;
    }

    String name() {
        return a + "-" + b;
    }
}
