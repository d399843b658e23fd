package io.peerscope.query.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How often a job ran and how long it took, as {@code peerscope_job_seconds{job,outcome}}, and when it last went well, as
 * {@code peerscope_job_last_success_timestamp_seconds{job}}; 0 where it never did. Page when that is old.
 */
final class JobMeter {
    private final InstantSource clock;
    private final Timer well;
    private final Timer ill;
    private volatile Instant last = Instant.EPOCH;

    JobMeter(MeterRegistry registry, InstantSource clock, String job) {
        this.clock = clock;
        this.well = timer(registry, job, "done");
        this.ill = timer(registry, job, "failed");
        Gauge.builder("peerscope.job.last.success.timestamp", this, meter -> meter.last.toEpochMilli() / 1000.0)
                .baseUnit("seconds")
                .tags("service", "query-api", "job", job)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String job, String outcome) {
        return Timer.builder("peerscope.job")
                .tags("service", "query-api", "job", job, "outcome", outcome)
                .register(registry);
    }

    void done(Duration took) {
        well.record(took);
        last = clock.instant();
    }

    void failed(Duration took) {
        ill.record(took);
    }
}
