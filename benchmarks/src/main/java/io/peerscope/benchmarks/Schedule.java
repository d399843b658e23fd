package io.peerscope.benchmarks;

import io.peerscope.benchmarks.load.Crowd;
import io.peerscope.benchmarks.load.Drain;
import io.peerscope.benchmarks.load.Reference;
import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.load.Shape;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.probe.Latencies;
import io.peerscope.benchmarks.probe.Probing;
import io.peerscope.benchmarks.probe.Waypoints;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.report.LatencyPhase;
import io.peerscope.benchmarks.report.RunResult;
import io.peerscope.benchmarks.report.Stored;
import io.peerscope.benchmarks.report.ThroughputPhase;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The phases of a run, one after the other. */
final class Schedule {
    private static final Shape BACKGROUND = new Shape(4, 50);
    /** Between phases: what is left over from one does not burden the next, and their points do not meet. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Options options;
    private final Installation installation;
    private final Progress progress;
    private final Machine machine = Machine.here();
    private final Instant at = Instant.now();
    private final Commit commit = Commit.of(SourceTree.root());
    private final Target target;
    private final Drain drain;
    private final AtomicLong batchIds = new AtomicLong();

    Schedule(Options options, Installation installation, Progress progress) {
        this.options = options;
        this.installation = installation;
        this.progress = progress;
        this.target = new Target(installation.address(), installation.tokens().of("fleet"));
        this.drain = new Drain(installation.api("viewer"), options.drain());
    }

    /** A load of a given length. */
    @FunctionalInterface
    private interface Load {
        Sent send(Duration time) throws InterruptedException;
    }

    RunResult run() throws InterruptedException, IOException {
        new Rules(installation.api("admin")).ensure(Crowd.fieldNames(), Probing.rule());
        Load background = time -> crowd(BACKGROUND).send(time, options.background());
        List<LatencyPhase> latencies = new ArrayList<>();
        latency("warm-up", options.warmUp(), background);
        Usage idle = idle();
        latency("reference load", options.paced(), time -> Reference.send(target, time))
                .ifPresent(latencies::add);
        latency("under load", options.loaded(), background).ifPresent(latencies::add);
        List<ThroughputPhase> throughputs = new ArrayList<>();
        if (options.saturated().isPositive()) {
            for (Shape shape : options.shapes()) {
                throughputs.add(throughput(shape));
            }
        }
        return new RunResult(at, commit, machine, options.described(), idle, latencies, throughputs);
    }

    private Usage idle() throws InterruptedException {
        progress.tell("nothing, for comparison");
        try (Meter meter = Meter.start(installation.programs())) {
            Thread.sleep(IDLE);
            return meter.read();
        }
    }

    private Optional<LatencyPhase> latency(String name, Duration time, Load load) throws InterruptedException {
        if (time.isZero()) {
            return Optional.empty();
        }
        progress.tell("%s, %d s", name, time.toSeconds());
        String word = name.replace(' ', '-');
        String viewer = installation.tokens().of("viewer");
        Optional<Waypoints> waypoints = installation.waypoints();
        try (Probing probing = Probing.start(target, installation.api("admin"), viewer, word, options.probeEvery());
                Meter meter = Meter.start(installation.programs())) {
            Sent sent = load.send(time);
            Usage usage = meter.read();
            Latencies latencies = probing.finish(waypoints);
            progress.tell(
                    "  POST to webhook %.0f ms, %.0f samples/s",
                    latencies.webhook().p50(), sent.acceptedPerSecond());
            settle();
            return Optional.of(new LatencyPhase(name, sent, latencies, usage));
        } finally {
            waypoints.ifPresent(Waypoints::close);
        }
    }

    private ThroughputPhase throughput(Shape shape) throws InterruptedException, IOException {
        progress.tell(
                "%d connections x %d samples a request, full speed, %d s",
                shape.connections(),
                shape.samplesPerRequest(),
                options.saturated().toSeconds());
        Crowd crowd = crowd(shape);
        Optional<Stored> before = installation.stored(Crowd.PREFIX);
        Recordings recordings = options.jfr()
                ? Recordings.start(installation.programs(), Path.of("benchmarks/target/results/" + shape))
                : Recordings.none();
        try (recordings;
                Meter meter = Meter.start(installation.programs())) {
            long begin = System.nanoTime();
            Sent sent = crowd.send(options.saturated(), 0);
            progress.tell("  %,.0f samples/s accepted; waiting until all is through", sent.acceptedPerSecond());
            var through = drain.await(begin);
            Usage usage = meter.read();
            progress.tell("  through after %s s", through);
            Stored stored = installation
                    .stored(Crowd.PREFIX)
                    .flatMap(now -> before.map(now::since))
                    .orElse(null);
            settle();
            return new ThroughputPhase(shape.connections(), shape.samplesPerRequest(), sent, through, usage, stored);
        }
    }

    private Crowd crowd(Shape shape) {
        return new Crowd(target, shape, options.hosts(), options.seed(), batchIds);
    }

    private void settle() throws InterruptedException {
        drain.await(System.nanoTime());
        Thread.sleep(PAUSE);
    }
}
