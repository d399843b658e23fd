package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.HostPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a host after a restart.
 *
 * @param saidGoodbye its last word was goodbye
 * @param linkedAt when it had a link last, epoch milliseconds; {@link Long#MIN_VALUE}: never
 * @param pattern when it is usually there
 * @param days how long it was there
 * @param mesh the mesh it belongs to; null: none
 * @param alertState the trouble that rules know of, and on whose word; null: none
 */
public record HostMemory(
        HostPresence presence,
        long lastHeard,
        double intervalMillis,
        String region,
        boolean saidGoodbye,
        long linkedAt,
        String pattern,
        List<Availability.Day> days,
        @Nullable String mesh,
        @Nullable String alertState,
        @Nullable String alertEvidence,
        boolean simulated) {}
