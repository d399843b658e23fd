package io.peerscope.ingest.quota;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one credential may still send. Thread-safe, without locks. */
public final class Quota {
    private static final long SECOND = 1_000_000_000;

    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket samples;
    private final LongSupplier nanos;
    private final String policy;

    Quota(Quotas.Rates rates, LongSupplier nanos) {
        this.nanos = nanos;
        this.requests = bucket(rates.requestsPerSecond(), rates);
        this.samples = bucket(rates.samplesPerSecond(), rates);
        this.policy = joined(policy("requests", requests, rates), policy("samples", samples, rates));
    }

    private @Nullable TokenBucket bucket(long perSecond, Quotas.Rates rates) {
        return perSecond == 0
                ? null
                : new TokenBucket(perSecond, perSecond * rates.burst().toSeconds(), nanos.getAsLong());
    }

    /** Takes one request. @return 0, or after how many whole seconds it may come again */
    public int request() {
        long now = nanos.getAsLong();
        if (samples != null && samples.waitFor(1, now) > 0) {
            return seconds(samples.waitFor(1, now)); // before its body is read
        }
        return requests == null ? 0 : seconds(requests.take(1, now));
    }

    /** Takes the samples of a request. @return 0, or after how many whole seconds it may come again */
    public int samples(int count) {
        return samples == null || count == 0 ? 0 : seconds(samples.take(count, nanos.getAsLong()));
    }

    private static int seconds(long wait) {
        return Math.toIntExact(Math.ceilDiv(wait, SECOND));
    }

    /** {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers; empty where there is no limit. */
    public Optional<String> policy() {
        return policy.isEmpty() ? Optional.empty() : Optional.of(policy);
    }

    /** {@code RateLimit}: what is left, and in how many seconds all of it is there again. */
    public String state() {
        long now = nanos.getAsLong();
        return joined(state("requests", requests, now), state("samples", samples, now));
    }

    private static String policy(String name, @Nullable TokenBucket bucket, Quotas.Rates rates) {
        return bucket == null
                ? ""
                : "\"" + name + "\";q=" + bucket.size() + ";w=" + rates.burst().toSeconds();
    }

    private static String state(String name, @Nullable TokenBucket bucket, long now) {
        return bucket == null
                ? ""
                : "\"" + name + "\";r=" + bucket.left(now) + ";t=" + seconds(bucket.nanosUntilFull(now));
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
    }
}
