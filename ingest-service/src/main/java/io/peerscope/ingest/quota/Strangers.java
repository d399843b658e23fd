package io.peerscope.ingest.quota;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Wrong credentials by address. A valid one is never counted and never refused, whatever else comes from its address, so
 * addresses may share a bucket and the table need not grow. Thread-safe.
 */
public final class Strangers {
    /** What they are told. */
    public static final String TOO_MANY = "too many wrong credentials";

    private static final int BUCKETS = 4096;
    private static final long PER_SECOND = 10;
    private static final long BURST = 100;

    private final AtomicReferenceArray<TokenBucket> buckets = new AtomicReferenceArray<>(BUCKETS);
    private final LongSupplier nanos;

    /** @param nanos of a clock that is never set */
    public Strangers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Counts a wrong credential. @return 0, or for how many whole seconds this address has nothing to say */
    public int wrong(String address) {
        long now = nanos.getAsLong();
        int place = (address.hashCode() * 0x9e3779b9) >>> 20;
        TokenBucket bucket = buckets.get(place);
        if (bucket == null) {
            buckets.compareAndSet(place, null, new TokenBucket(PER_SECOND, BURST, now));
            bucket = buckets.get(place);
        }
        return (int) Math.ceilDiv(bucket.take(1, now), 1_000_000_000L);
    }
}
