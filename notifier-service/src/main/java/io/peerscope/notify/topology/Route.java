package io.peerscope.notify.topology;

import java.util.Set;

/** The channels that events of an alert's current episode went to. */
public record Route(Set<String> channels) {}
