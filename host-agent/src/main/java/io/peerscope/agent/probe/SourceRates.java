package io.peerscope.agent.probe;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many questions a second are answered, for each address and for all together. Remembers the addresses that asked
 * last; who was forgotten begins anew, which the limit for all together makes harmless.
 */
final class SourceRates {
    private static final int REMEMBERED = 1024;
    /** So many addresses at their limit are answered at once. */
    private static final int BUSY_SOURCES = 64;

    private final int perSecond;
    private final Bucket all;
    private final Map<InetAddress, Bucket> sources = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    SourceRates(int perSecond) {
        this.perSecond = perSecond;
        this.all = new Bucket((long) perSecond * BUSY_SOURCES);
    }

    boolean allows(InetAddress source, long nanos) {
        Bucket bucket = sources.get(source);
        if (bucket == null) {
            bucket = new Bucket(perSecond);
            sources.put(source, bucket);
        }
        return bucket.take(nanos) && all.take(nanos);
    }

    /** Fills by {@code perSecond} a second, up to what two seconds give. */
    private static final class Bucket {
        private final long perSecond;
        private double tokens;
        private long filledAt;
        private boolean used;

        Bucket(long perSecond) {
            this.perSecond = perSecond;
            this.tokens = 2.0 * perSecond;
        }

        boolean take(long nanos) {
            if (used) {
                tokens = Math.min(2.0 * perSecond, tokens + (nanos - filledAt) / 1e9 * perSecond);
            }
            used = true;
            filledAt = nanos;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
