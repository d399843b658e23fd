package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which channels are closed, by all attempts that are on record. A channel's attempts lie in several partitions, so at a
 * start they come in any order; their times decide.
 */
public final class Closures {
    /** By channel, the last that closed it or got through. */
    private final Map<String, DeliveryRecord> last = new ConcurrentHashMap<>();

    public void hear(DeliveryRecord attempt) {
        if (attempt.closed() != null || attempt.status() == Status.SENT) {
            last.merge(attempt.channelId(), attempt, (a, b) -> b.at().isBefore(a.at()) ? a : b);
        }
    }

    /** The attempt that closed it. */
    public Optional<DeliveryRecord> of(String channelId) {
        return Optional.ofNullable(last.get(channelId)).filter(attempt -> attempt.closed() != null);
    }
}
