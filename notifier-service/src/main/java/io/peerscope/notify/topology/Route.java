package io.peerscope.notify.topology;

import java.util.Set;

/**
 * Where events of an alert's current episode went.
 *
 * @param cause also to all partitions, because it keeps others from being told
 */
public record Route(Set<String> channels, boolean cause) {}
