package io.peerscope.ingest.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many refused samples of a host are described: some at once, then one a second. So a sender that sends nothing but
 * rubbish costs little more than its requests. Thread-safe; remembers the hosts that were heard of last.
 */
final class DescriptionBudget {
    private static final int AT_ONCE = 100;
    private static final long MILLIS_FOR_ONE = 1000;

    private static final class Bucket {
        private long left = AT_ONCE;
        private long filledAt;
    }

    private final Map<String, Bucket> buckets;

    DescriptionBudget(int hosts) {
        this.buckets = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > hosts;
            }
        };
    }

    /**
     * @param now epoch milliseconds
     * @return how many of the wanted there is room for
     */
    synchronized int take(String host, int wanted, long now) {
        Bucket bucket = buckets.get(host);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.filledAt = now;
            buckets.put(host, bucket);
        }
        long more = (now - bucket.filledAt) / MILLIS_FOR_ONE;
        if (more > 0) {
            bucket.left = Math.min(AT_ONCE, bucket.left + more);
            bucket.filledAt += more * MILLIS_FOR_ONE;
        }
        int taken = (int) Math.min(bucket.left, wanted);
        bucket.left -= taken;
        return taken;
    }
}
