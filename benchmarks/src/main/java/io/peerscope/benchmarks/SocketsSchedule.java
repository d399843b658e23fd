package io.peerscope.benchmarks;

import io.peerscope.benchmarks.body.FiringAlerts;
import io.peerscope.benchmarks.measure.FirstFailure;
import io.peerscope.benchmarks.measure.Footprint;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.report.SocketsPhase;
import io.peerscope.benchmarks.report.SocketsResult;
import io.peerscope.benchmarks.report.StalledPhase;
import io.peerscope.benchmarks.server.Gateway;
import io.peerscope.benchmarks.socket.Audience;
import io.peerscope.benchmarks.socket.Heard;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that read are watched alone, with one alert at a time at a steady rate. Then others beside them stop reading: first
 * at the same rate, then while far more comes than may wait for a client.
 */
final class SocketsSchedule {
    private static final int WARM_UP_SECONDS = 15;
    /** Of an alert frame without its summary. */
    private static final int FRAME_HEAD = 590;

    private static final int FLOOD_SUMMARY = 16 << 10;
    private static final int FLOOD_TOGETHER = 2;
    /** Twenty times what may wait for one client; a kernel holds some of it. */
    private static final int FLOOD_MOST = 20 << 20;

    private static final long FLOOD_PATIENCE_MILLIS = 5000;

    private final SocketsOptions options;
    private final Progress progress;
    private final Instant at = Instant.now();
    private final Machine machine = Machine.here();
    private final AtomicInteger told = new AtomicInteger();

    SocketsSchedule(SocketsOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    SocketsResult run() throws IOException, InterruptedException {
        PeerscopeProcess.deleteData(options.data());
        try (Gateway gateway = Gateway.start(options.data(), options.javaOptions())) {
            progress.tell("the gateway is ready");
            SocketsPhase reading = reading(gateway);
            StalledPhase stalled = options.stalled() == 0 ? null : stalled(gateway);
            return new SocketsResult(at, Commit.of(SourceTree.root()), machine, options.described(), reading, stalled);
        } finally {
            PeerscopeProcess.deleteData(options.data());
        }
    }

    private SocketsPhase reading(Gateway gateway) throws IOException, InterruptedException {
        warmUp(gateway);
        Footprint before = Footprint.of(gateway.process());
        Heard heard = new Heard();
        try (Audience readers = Audience.open(gateway.address(), gateway.token(), options.clients(), heard)) {
            progress.tell("%d clients are connected", options.clients());
            steadily(gateway, WARM_UP_SECONDS);
            Footprint with = Footprint.of(gateway.process());
            progress.tell("warm; watching for %d s", options.seconds());
            SocketsPhase phase = watch(gateway, heard, options.clients(), before, with);
            progress.tell(
                    "%d clients: %.2f cores, p99 %.0f ms",
                    options.clients(), phase.cores(), phase.latency().p99());
            return phase;
        }
    }

    /** Code that never ran before would be paid for by the first clients. */
    private void warmUp(Gateway gateway) throws InterruptedException {
        try (Audience some = Audience.open(gateway.address(), gateway.token(), 100, new Heard())) {
            steadily(gateway, 3);
        }
        TimeUnit.SECONDS.sleep(1);
    }

    private SocketsPhase watch(Gateway gateway, Heard heard, int clients, Footprint before, Footprint with)
            throws IOException, InterruptedException {
        heard.latencies();
        long framesBefore = heard.frames();
        int events;
        try (Meter meter = Meter.start(gateway.programs());
                Recordings recordings = recordings(gateway)) {
            events = steadily(gateway, options.seconds());
            return new SocketsPhase(
                    clients,
                    heard.bytesAFrame(),
                    (long) events * clients - (heard.frames() - framesBefore),
                    heard.latencies(),
                    before,
                    with,
                    meter.read());
        }
    }

    private Recordings recordings(Gateway gateway) throws IOException, InterruptedException {
        return options.recordings().isPresent()
                ? Recordings.start(gateway.programs(), options.recordings().get())
                : Recordings.none();
    }

    private StalledPhase stalled(Gateway gateway) throws InterruptedException {
        Heard heard = new Heard();
        Heard deaf = new Heard();
        int count = options.stalled();
        try (Audience readers = Audience.open(gateway.address(), gateway.token(), count, heard);
                Audience others = Audience.open(gateway.address(), gateway.token(), count, deaf)) {
            progress.tell("%d clients, and %d that will stop reading", count, count);
            steadily(gateway, 5);
            heard.latencies();
            steadily(gateway, options.seconds());
            var all = heard.latencies();
            Footprint before = Footprint.of(gateway.process());
            others.stopReading();
            progress.tell("%d stop reading", count);
            heard.latencies();
            steadily(gateway, options.seconds());
            var beside = heard.latencies();
            try (Meter meter = Meter.start(gateway.programs())) {
                Flood flood = flood(gateway, heard, count);
                progress.tell("%d of %d that did not read are closed", flood.closed(), count);
                var during = heard.latencies();
                Footprint after = Footprint.of(gateway.process());
                steadily(gateway, 5);
                return new StalledPhase(
                        count,
                        all,
                        beside,
                        during,
                        heard.latencies(),
                        readers.left(),
                        flood.closed(),
                        flood.bytes(),
                        before,
                        after,
                        flood.mostSocketBytes(),
                        meter.read());
            }
        }
    }

    /** @param bytes put on the topic */
    private record Flood(int closed, long bytes, long mostSocketBytes) {}

    /** Tells more and more, no faster than those who read can take, until those who do not are gone. */
    private Flood flood(Gateway gateway, Heard heard, int count) throws InterruptedException {
        long sent = 0;
        long mostSocketBytes = 0;
        while (sent < FLOOD_MOST && gateway.connections() > count) {
            long wanted = heard.frames() + (long) FLOOD_TOGETHER * count;
            for (int i = 0; i < FLOOD_TOGETHER; i++) {
                tell(gateway, FLOOD_SUMMARY);
                sent += FLOOD_SUMMARY + FRAME_HEAD;
            }
            long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLOOD_PATIENCE_MILLIS);
            while (heard.frames() < wanted && System.nanoTime() < giveUp) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            mostSocketBytes = Math.max(mostSocketBytes, Footprint.socketBytes());
        }
        TimeUnit.SECONDS.sleep(4);
        return new Flood(2 * count - gateway.connections(), sent, mostSocketBytes);
    }

    /** @return how many events it told */
    private int steadily(Gateway gateway, int seconds) throws InterruptedException {
        int before = told.get();
        FirstFailure failure = new FirstFailure();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            timer.scheduleAtFixedRate(
                    failure.of(() -> tell(gateway, options.bytes() - FRAME_HEAD)),
                    0,
                    1_000_000 / options.rate(),
                    TimeUnit.MICROSECONDS);
            TimeUnit.SECONDS.sleep(seconds);
            failure.check();
            timer.shutdownNow();
        }
        TimeUnit.SECONDS.sleep(1);
        return told.get() - before;
    }

    private void tell(Gateway gateway, int summary) {
        int number = told.getAndIncrement();
        gateway.tell(FiringAlerts.event("h-" + number, Heard.summary(summary), Instant.now()));
    }
}
