package io.peerscope.cli.check;

import java.time.Duration;

/**
 * What a load costs, by the figures of {@code benchmarks/README.md}: two cores, everything on one machine. Between 20 and
 * 1000 samples a request the cost is that of the requests and that of the samples, added.
 */
public final class Capacity {
    /** CPU seconds per million samples at 1000 and 20 a request; the middle of what was measured. */
    private static final double LARGE = 1.5;

    private static final double SMALL = 8.7;
    private static final double LARGE_SAMPLES = 1000;
    private static final double SMALL_SAMPLES = 20;
    /** CPU seconds of a request: solves both measured points. */
    private static final double PER_REQUEST = (SMALL - LARGE) / 1e6 / (1 / SMALL_SAMPLES - 1 / LARGE_SAMPLES);

    private static final double PER_SAMPLE = LARGE / 1e6 - PER_REQUEST / LARGE_SAMPLES;

    private static final double TOPIC_BYTES = 8.2;
    private static final double RAW_BYTES = 13.8;
    /** Of a host with 20 fields, 6 of them with percentiles. */
    private static final double MINUTE_BYTES = 1676.0 / 20;

    private static final Duration TOPIC_KEPT = Duration.ofHours(48);
    private static final double IDLE = 0.15;
    private static final double HEADROOM = 2;
    /** A core keeps one task busy; three times that leaves room to grow. */
    private static final int PARTITIONS_A_CORE = 3;

    private Capacity() {}

    /**
     * A load.
     *
     * @param batch reports of hosts in one request
     */
    public record Load(long hosts, int fields, Duration interval, int batch, Duration rawKept, int replicas) {
        double samplesPerSecond() {
            return (double) hosts * fields / interval.toMillis() * 1000;
        }

        double requestsPerSecond() {
            return samplesPerSecond() / fields / batch;
        }
    }

    /**
     * What it needs.
     *
     * @param cores measured cost, twice that
     * @param kafkaBytes on all brokers
     * @param rawBytes in the database
     * @param minuteBytes in the database, of seven days of roll-ups of a minute
     * @param measured whether anything of this size was ever measured
     */
    public record Needs(
            double samplesPerSecond,
            double requestsPerSecond,
            double cores,
            double kafkaBytes,
            double rawBytes,
            double minuteBytes,
            int partitions,
            int ingestInstances,
            boolean measured) {}

    public static Needs of(Load load) {
        double samples = load.samplesPerSecond();
        double requests = load.requestsPerSecond();
        double cost = IDLE + samples * PER_SAMPLE + requests * PER_REQUEST;
        double cores = cost * HEADROOM;
        double series = (double) load.hosts() * load.fields();
        return new Needs(
                samples,
                requests,
                cores,
                samples * TOPIC_BYTES * TOPIC_KEPT.toSeconds() * load.replicas(),
                samples * RAW_BYTES * load.rawKept().toSeconds(),
                (double) load.hosts()
                        * load.fields()
                        * MINUTE_BYTES
                        * Duration.ofDays(7).toMinutes(),
                Math.max(4, (int) Math.ceil(cores) * PARTITIONS_A_CORE),
                Math.max(1, (int) Math.ceil(series / 1_000_000)),
                samples <= 4_000_000 && load.hosts() <= 1000);
    }
}
