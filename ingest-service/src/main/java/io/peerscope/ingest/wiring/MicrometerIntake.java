package io.peerscope.ingest.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.intake.IntakeMeter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link IntakeMeter} as {@code peerscope_ingest_requests_total{protocol}}, {@code …_turned_away_total{code}},
 * {@code …_understood_total}, {@code …_batches_total{outcome,code}}, {@code …_samples_total{outcome,code}} and
 * {@code …_events_total{outcome}}.
 */
final class MicrometerIntake implements IntakeMeter {
    private static final String NO_CODE = "none";

    private final MeterRegistry registry;
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();
    private final Counter understood;
    private final Map<ErrorCode, Counter> turnedAway;
    private final Map<ErrorCode, Counter> undecodable;
    private final Map<ErrorCode, Counter> refused;
    private final Map<ErrorCode, Counter> rejectedSamples;
    private final Counter decodedBatches;
    private final Counter decodedSamples;
    private final Counter duplicateBatches;
    private final Counter duplicateSamples;
    private final Counter durableBatches;
    private final Counter durableSamples;
    private final Counter mergedSamples;
    private final Counter unconfirmedBatches;
    private final Counter unconfirmedSamples;

    private final Map<Events, Counter> events = new EnumMap<>(Events.class);

    MicrometerIntake(MeterRegistry registry) {
        this.registry = registry;
        understood = Counter.builder("peerscope.ingest.understood")
                .tag("service", "ingest")
                .register(registry);
        turnedAway = new EnumMap<>(ErrorCode.class);
        undecodable = new EnumMap<>(ErrorCode.class);
        refused = new EnumMap<>(ErrorCode.class);
        rejectedSamples = new EnumMap<>(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            turnedAway.put(
                    code,
                    Counter.builder("peerscope.ingest.turned.away")
                            .tags("service", "ingest", "code", code.word())
                            .register(registry));
            undecodable.put(code, batches(registry, "undecodable", code.word()));
            refused.put(code, batches(registry, "refused", code.word()));
            rejectedSamples.put(code, samples(registry, "rejected", code.word()));
        }
        for (Events outcome : Events.values()) {
            events.put(
                    outcome,
                    Counter.builder("peerscope.ingest.events")
                            .tags("service", "ingest", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        decodedBatches = batches(registry, "decoded", NO_CODE);
        decodedSamples = samples(registry, "decoded", NO_CODE);
        duplicateBatches = batches(registry, "duplicate", NO_CODE);
        duplicateSamples = samples(registry, "duplicate", NO_CODE);
        durableBatches = batches(registry, "durable", NO_CODE);
        durableSamples = samples(registry, "durable", NO_CODE);
        mergedSamples = samples(registry, "merged", NO_CODE);
        unconfirmedBatches = batches(registry, "unconfirmed", NO_CODE);
        unconfirmedSamples = samples(registry, "unconfirmed", NO_CODE);
    }

    private static Counter batches(MeterRegistry registry, String outcome, String code) {
        return Counter.builder("peerscope.ingest.batches")
                .tags("service", "ingest", "outcome", outcome, "code", code)
                .register(registry);
    }

    private static Counter samples(MeterRegistry registry, String outcome, String code) {
        return Counter.builder("peerscope.ingest.samples")
                .tags("service", "ingest", "outcome", outcome, "code", code)
                .register(registry);
    }

    private static void count(Map<ErrorCode, Counter> counters, ErrorCode code, int amount) {
        Counter counter = counters.get(code);
        if (counter != null) {
            counter.increment(amount);
        }
    }

    @Override
    public void request(String protocol) {
        requests.computeIfAbsent(protocol, this::requests).increment();
    }

    private Counter requests(String protocol) {
        return Counter.builder("peerscope.ingest.requests")
                .tags("service", "ingest", "protocol", protocol)
                .register(registry);
    }

    @Override
    public void understood(int leftOut) {
        understood.increment();
        decodedSamples.increment(leftOut);
    }

    @Override
    public void turnedAway(ErrorCode why) {
        count(turnedAway, why, 1);
    }

    @Override
    public void undecodable(ErrorCode why) {
        count(undecodable, why, 1);
    }

    @Override
    public void decoded(int samples) {
        decodedBatches.increment();
        decodedSamples.increment(samples);
    }

    @Override
    public void refused(ErrorCode why) {
        count(refused, why, 1);
    }

    @Override
    public void rejected(ErrorCode why, int samples) {
        count(rejectedSamples, why, samples);
    }

    @Override
    public void duplicate(int samples) {
        duplicateBatches.increment();
        duplicateSamples.increment(samples);
    }

    @Override
    public void durable(int samples, int merged) {
        durableBatches.increment();
        durableSamples.increment(samples);
        mergedSamples.increment(merged);
    }

    @Override
    public void unconfirmed(int samples) {
        unconfirmedBatches.increment();
        unconfirmedSamples.increment(samples);
    }

    @Override
    public void events(Events outcome, int count) {
        Counter counter = events.get(outcome);
        if (counter != null) {
            counter.increment(count);
        }
    }
}
