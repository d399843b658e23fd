package io.peerscope.query.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.query.history.Reach;
import io.peerscope.query.history.Tier;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.Tiers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the longer tiers, and tells up to where each can be read ({@code peerscope_tier_readable_until_seconds{tier}}) and
 * from where on it is complete ({@code peerscope_tier_kept_since_seconds{tier}}), both as times, and how many buckets were
 * made, or made again for late data ({@code peerscope_tier_buckets_total}); and how many could not be, because what they
 * are made of was dropped before ({@code peerscope_tier_given_up_total{tier}}, {@code 1m} for minutes, else {@code longer}).
 */
final class TierWatch {
    private final Tiers tiers;
    private final Counter buckets;
    private volatile Reach reach = Reach.NONE;

    TierWatch(Tiers tiers, LateWindows late, MeterRegistry registry) {
        this.tiers = tiers;
        this.buckets = Counter.builder("peerscope.tier.buckets")
                .tag("service", "query-api")
                .register(registry);
        givenUp(registry, Tier.MINUTE.word(), late, LateWindows::givenUp);
        givenUp(registry, "longer", tiers, Tiers::givenUp);
        for (Tier tier : List.of(Tier.HOUR, Tier.DAY, Tier.MONTH)) {
            Gauge.builder(
                            "peerscope.tier.readable.until",
                            this,
                            watch -> seconds(watch.reach.until().get(tier)))
                    .baseUnit("seconds")
                    .tags("service", "query-api", "tier", tier.word())
                    .register(registry);
        }
        for (Tier tier : Tier.values()) {
            Gauge.builder("peerscope.tier.kept.since", this, watch -> seconds(watch.reach.since(tier)))
                    .baseUnit("seconds")
                    .tags("service", "query-api", "tier", tier.word())
                    .register(registry);
        }
    }

    private static <T> void givenUp(MeterRegistry registry, String tier, T of, ToDoubleFunction<T> count) {
        FunctionCounter.builder("peerscope.tier.given.up", of, count)
                .tags("service", "query-api", "tier", tier)
                .register(registry);
    }

    /** 0 where there is nothing yet. */
    private static double seconds(@Nullable Instant time) {
        return time == null ? 0 : time.toEpochMilli() / 1000.0;
    }

    void run(Instant now) throws SQLException {
        buckets.increment(tiers.run(now));
        reach = tiers.reach();
    }
}
