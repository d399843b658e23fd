package io.peerscope.ingest.wiring;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.SeriesBudget;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.quota.Quotas;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** {@code peerscope.ingest.*}; meaning and limits are those of {@link Limits} and {@link HttpLimits}. */
@ConfigMapping(prefix = "peerscope.ingest")
public interface IngestSettings {
    /** Of a body, as sent and as decompressed. */
    @WithDefault("10M")
    MemorySize maxBody();

    /** The same for OTLP, whose specification recommends this. */
    @WithDefault("20M")
    MemorySize maxOtlpBody();

    @WithDefault("10000")
    int maxPoints();

    /** How long raw points are kept; older ones are refused. Until the setting {@code retention.raw} says otherwise. */
    @WithDefault("24h")
    Duration rawRetention();

    /** Older events are refused: nothing lasts so long that it is still worth telling. */
    @WithDefault("7d")
    Duration eventAge();

    @WithDefault("1m")
    Duration maxAhead();

    /** Of all bodies and records that are being worked on; beyond it 503. */
    @WithDefault("64M")
    MemorySize maxInFlight();

    @WithDefault("15s")
    Duration bodyTimeout();

    /** Must be longer than what Kafka is given (2.5 s), and short enough for an answer within 3 s. */
    @WithDefault("2800ms")
    Duration deadline();

    /** How many acknowledged batches are known again when they come twice. */
    @WithDefault("50000")
    int rememberedBatches();

    /** Most series of one host that are active, that is, were seen within the last hour or two. */
    @WithDefault("5000")
    int seriesPerHost();

    /** Most active series of all hosts together; some 100 bytes each. */
    @WithDefault("1000000")
    long seriesTotal();

    /** Of each host, for all its tokens together. */
    HostQuota hostQuota();

    /** Of each token of a fleet. */
    FleetQuota fleetQuota();

    /** Rates a second; 0: unlimited. They may be saved up for as long as the burst. */
    interface HostQuota {
        @WithDefault("50000")
        long samples();

        @WithDefault("200")
        long requests();

        @WithDefault("10s")
        Duration burst();

        default Quotas.Rates rates() {
            return new Quotas.Rates(requests(), samples(), burst());
        }
    }

    /** As {@link HostQuota}. */
    interface FleetQuota {
        @WithDefault("0")
        long samples();

        @WithDefault("0")
        long requests();

        @WithDefault("10s")
        Duration burst();

        default Quotas.Rates rates() {
            return new Quotas.Rates(requests(), samples(), burst());
        }
    }

    /** Of how many hosts the error of their clocks is remembered. */
    @WithDefault("50000")
    int rememberedHosts();

    /** At most so often it is told when a host's token was last used. More than a minute for hundreds of thousands. */
    @WithDefault("1m")
    Duration tokenUseEvery();

    /** Whom analytics of streaming peers belong to that a fleet sends without naming a host. */
    @WithDefault("p2p-analytics")
    String analyticsHost();

    /** How long a stopping instance, which is not ready any more, takes what still comes: until balancers have looked. */
    @WithDefault("1s")
    Duration notice();

    /** How long a stopping instance then waits for what is in flight. */
    @WithDefault("5s")
    Duration drain();

    default Limits limits() {
        return new Limits(maxPoints(), rawRetention(), maxAhead());
    }

    /** As people changed them. */
    default Limits limits(Map<Setting, Double> changes) {
        return changes.containsKey(Setting.RETENTION_RAW)
                ? limits().keepingRaw(Settings.of(changes).time(Setting.RETENTION_RAW))
                : limits();
    }

    default Limits eventLimits() {
        return new Limits(maxPoints(), eventAge(), maxAhead());
    }

    default SeriesBudget.Limits seriesLimits() {
        return new SeriesBudget.Limits(seriesPerHost(), seriesTotal());
    }

    default HttpLimits httpLimits() {
        return new HttpLimits(Math.toIntExact(maxBody().asLongValue()), bodyTimeout(), deadline());
    }

    /** @throws IllegalArgumentException where it is not a size that a body can have */
    default int otlpBody() {
        long bytes = maxOtlpBody().asLongValue();
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("peerscope.ingest.max-otlp-body must be from 1 to 2G, was " + bytes);
        }
        return (int) bytes;
    }
}
