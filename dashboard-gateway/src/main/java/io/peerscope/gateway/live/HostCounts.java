package io.peerscope.gateway.live;

/** Hosts by how they are; those that left count nowhere. */
record HostCounts(int up, int degraded, int silent) {}
