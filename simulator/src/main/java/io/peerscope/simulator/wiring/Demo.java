package io.peerscope.simulator.wiring;

import io.peerscope.simulator.send.EventSender;
import io.peerscope.simulator.send.Outcome;
import io.peerscope.simulator.send.PointSender;
import io.peerscope.simulator.send.SenderSettings;
import io.peerscope.simulator.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running demo: every interval all hosts of a {@link World} report to ingest, until closed. What ingest is not there to
 * hear is not repeated later.
 */
public final class Demo implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Demo.class.getName());
    private static final int PARALLEL = 8;

    private final DemoOptions options;
    private final Clock clock;
    private final World world;
    private final PointSender sender;
    private final EventSender events;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** "" while all is well, else what was last complained about. */
    private String complaint = "";

    private Demo(DemoOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.world = new World(options.hosts(), options.seed(), clock.instant());
        SenderSettings settings = SenderSettings.of(options.server(), options.token())
                .withParallel(PARALLEL)
                .givingUpAfter(options.interval());
        this.sender = new PointSender(settings, clock);
        this.events = new EventSender(settings, clock);
        this.thread = Thread.ofPlatform().name("demo").daemon().unstarted(this::run);
    }

    /** Starts on its own daemon thread; the first batches leave at once. */
    public static Demo start(DemoOptions options) {
        return start(options, Clock.systemUTC());
    }

    static Demo start(DemoOptions options, Clock clock) {
        Demo demo = new Demo(options, clock);
        demo.thread.start();
        LOG.log(System.Logger.Level.INFO, "Demo: {0}", options);
        return demo;
    }

    /** @throws IllegalArgumentException if the file cannot be read or the number of hosts is out of bounds */
    public static Demo start(URI server, Path fleetTokenFile, int hosts) {
        return start(DemoOptions.of(server, fleetTokenFile, hosts));
    }

    @Override
    public void close() {
        closed.countDown();
        sender.close();
        events.close();
    }

    /** Until {@link #close}. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    private void run() {
        long interval = options.interval().toMillis();
        try {
            long wait = 0;
            Instant told = clock.instant();
            while (!closed.await(wait, TimeUnit.MILLISECONDS)) {
                try {
                    long tick = Math.floorDiv(clock.millis(), interval) * interval;
                    Instant now = Instant.ofEpochMilli(tick);
                    note(report(told, now));
                    told = now;
                    wait = Math.max(0, tick + interval - clock.millis());
                } catch (RuntimeException e) {
                    // Also what nobody foresaw must not end the demo.
                    note(e.toString());
                    wait = interval;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return "" while all is well */
    private String report(Instant told, Instant now) throws InterruptedException {
        String trouble = trouble(sender.sendAll(world.at(now)));
        if (trouble.isEmpty()) {
            trouble = trouble(sender.sendAll(world.watchedAt(now)));
        }
        return trouble.isEmpty() && now.isAfter(told) ? events.send(world.happened(told, now)) : trouble;
    }

    /** Of one interval; "" while all is well. */
    private static String trouble(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(Demo::trouble)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** One line when it stops working, one when it works again. */
    private void note(String now) {
        if (closed.getCount() == 0) {
            return;
        }
        if (!now.isEmpty() && complaint.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "Demo: not all is taken by {0}: {1}", options.server(), now);
        } else if (now.isEmpty() && !complaint.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "Demo: all is taken again by {0}", options.server());
        }
        complaint = now;
    }

    private static Optional<String> trouble(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted ->
                accepted.rejected() == 0
                        ? Optional.empty()
                        : Optional.of(accepted.rejected() + " samples rejected of "
                                + accepted.batch().host());
            case Outcome.Refused refused -> Optional.of("status " + refused.status() + ", " + refused.detail());
            case Outcome.Unknown unknown -> Optional.of(unknown.detail());
        };
    }

    public static void main(String[] args) throws InterruptedException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + DemoOptions.USAGE);
            System.exit(2);
            return;
        }
        try (Demo demo = Demo.start(options)) {
            if (List.of(args).contains("--exit-with-parent")) {
                Thread.ofPlatform().name("parent-watch").daemon().start(() -> awaitEndOfInput(demo));
            }
            demo.awaitClosed();
        }
    }

    private static void awaitEndOfInput(Demo demo) {
        try {
            while (System.in.read() >= 0) {
                // Whatever comes is of no interest; only that it ends.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        demo.close();
    }
}
