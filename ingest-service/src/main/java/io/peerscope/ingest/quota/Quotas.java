package io.peerscope.ingest.quota;

import io.peerscope.ingest.admission.Sender;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The quotas of all who were let in: those of a host's tokens are one, each fleet's token has its own. Thread-safe. */
public final class Quotas {
    /** More than there are credentials; beyond it all begin anew. */
    private static final int MOST = 100_000;

    private final Rates hosts;
    private final Rates fleets;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Quota> byAccount = new ConcurrentHashMap<>();

    /**
     * What may come in a second; 0: as much as it likes.
     *
     * @param burst for how long the rates may be saved up, whole seconds
     */
    public record Rates(long requestsPerSecond, long samplesPerSecond, Duration burst) {
        public static final Rates UNLIMITED = new Rates(0, 0, Duration.ofSeconds(1));

        public Rates {
            if (requestsPerSecond < 0 || samplesPerSecond < 0 || burst.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "peerscope.ingest.quota: rates must not be negative and the burst at least 1 s, was "
                                + "%d requests, %d samples, %s".formatted(requestsPerSecond, samplesPerSecond, burst));
            }
        }

        /** Of a host: far more than an agent sends, and less than would hurt others. */
        public static Rates ofHosts() {
            return new Rates(200, 50_000, Duration.ofSeconds(10));
        }
    }

    /** @param nanos of a clock that is never set */
    public Quotas(Rates hosts, Rates fleets, LongSupplier nanos) {
        this.hosts = hosts;
        this.fleets = fleets;
        this.nanos = nanos;
    }

    public static Quotas unlimited() {
        return new Quotas(Rates.UNLIMITED, Rates.UNLIMITED, () -> 0);
    }

    /** @param account whose quota it is: the host, or the credential of a fleet */
    public Quota of(Sender sender, String account) {
        Quota known = byAccount.get(account);
        if (known != null) {
            return known;
        }
        if (byAccount.size() >= MOST) {
            byAccount.clear();
        }
        Rates rates =
                switch (sender) {
                    case Sender.OneHost host -> hosts;
                    case Sender.AnyHost any -> fleets;
                };
        return byAccount.computeIfAbsent(account, name -> new Quota(rates, nanos));
    }
}
