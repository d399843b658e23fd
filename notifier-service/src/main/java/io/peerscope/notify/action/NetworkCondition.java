package io.peerscope.notify.action;

import java.time.Instant;
import java.util.OptionalDouble;

/** How the whole network is. */
@FunctionalInterface
public interface NetworkCondition {
    /** 0 to 100; empty where nobody knows at that time. */
    OptionalDouble health(Instant now);
}
