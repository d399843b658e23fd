package io.peerscope.notify.policy;

import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkLive;
import java.util.Collection;
import java.util.List;

/** What links failed of together. */
@FunctionalInterface
public interface Incidents {
    /**
     * Those that a link is part of, also such as are over.
     *
     * @param link as {@link LinkLive#key}
     */
    Collection<IncidentLive> of(String link);

    static Incidents none() {
        return link -> List.of();
    }
}
