package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.OshiReadings;
import io.peerscope.agent.config.AgentConfig;
import io.peerscope.agent.config.Options;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.send.BackOff;
import io.peerscope.agent.send.Courier;
import io.peerscope.agent.send.IngestDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/** {@code java -jar host-agent.jar}. */
public final class AgentMain {
    /** An hour or two at five seconds. */
    private static final long KEPT_IN_MEMORY = 1 << 20;

    private static final int CANNOT_WORK = 1;
    private static final int WRONG_OPTIONS = 2;

    /** Held so that its level is not forgotten. What OSHI cannot find on this machine is no news. */
    private static final Logger OSHI = Logger.getLogger("oshi");

    private AgentMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.getProperties().putIfAbsent("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT %4$s %5$s%6$s%n");
        OSHI.setLevel(Level.SEVERE);
        try {
            Options options = Options.parse(List.of(args), System.getenv());
            switch (options.command()) {
                case HELP -> System.out.println(Options.usage());
                case CHECK ->
                    System.exit(new Check(options.config(AgentMain::hostName), System.out).passes() ? 0 : CANNOT_WORK);
                case RUN -> run(options.config(AgentMain::hostName), options.exitWithParent());
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n--help tells more");
            System.exit(WRONG_OPTIONS);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_WORK);
        }
    }

    private static void run(AgentConfig config, boolean exitWithParent) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        AgentLog log = new AgentLog(config);
        CountDownLatch closed = new CountDownLatch(1);
        try (ReportQueue queue = queue(config, log);
                Probing probing = Probing.start(config, config.probes(), log);
                IngestDoor door = new IngestDoor(config.server(), config.tokenFile(), config.host(), clock);
                Courier courier =
                        new Courier(queue, door, new BackOff(RandomGenerator.getDefault()), log, System::nanoTime)) {
            if (exitWithParent) {
                Thread.ofPlatform().name("parent-watch").daemon().start(() -> awaitEndOfInput(closed));
            }
            log.started(queue.waiting());
            OshiReadings readings = new OshiReadings(config.selection(), clock, System::nanoTime);
            Measuring measuring = new Measuring(readings, config.selection(), config.labels(), probing::points, queue);
            courier.start();
            new Rounds(
                            measuring::next,
                            report -> {
                                courier.send(report);
                                log.progress(queue.waiting(), queue.dropped());
                            },
                            config.interval(),
                            log::unmeasured,
                            System::nanoTime)
                    .untilClosed(closed);
        }
    }

    private static ReportQueue queue(AgentConfig config, AgentLog log) throws IOException {
        // The run's name must never come twice, so it is not left to chance that repeats itself.
        SecureRandom random = new SecureRandom();
        return config.dataDir().isPresent()
                ? ReportQueue.onDisk(config.dataDir().get(), config.bufferBytes(), random, log)
                : ReportQueue.inMemory(KEPT_IN_MEMORY, random, log);
    }

    private static void awaitEndOfInput(CountDownLatch closed) {
        try {
            while (System.in.read() >= 0) {
                // Whatever comes is of no interest; only that it ends.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        closed.countDown();
    }

    /** In the letters that ingest takes for a host. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._:-]", "-");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("this machine does not know its name; say --host", e);
        }
    }
}
