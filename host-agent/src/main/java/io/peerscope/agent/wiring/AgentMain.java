package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.OshiReadings;
import io.peerscope.agent.send.BackOff;
import io.peerscope.agent.send.Backlog;
import io.peerscope.agent.send.Courier;
import io.peerscope.agent.send.IngestDoor;
import io.peerscope.agent.send.MemoryBacklog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/** {@code java -jar host-agent.jar}. */
public final class AgentMain {
    /** An hour at five seconds; some 600 KiB. */
    private static final int KEPT_REPORTS = 720;

    /** Held so that its level is not forgotten. What OSHI cannot find on this machine is no news. */
    private static final Logger OSHI = Logger.getLogger("oshi");

    private AgentMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.getProperties().putIfAbsent("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT %4$s %5$s%6$s%n");
        OSHI.setLevel(Level.SEVERE);
        if (List.of(args).contains("--help")) {
            System.out.println(AgentOptions.USAGE);
            return;
        }
        try {
            run(AgentOptions.parse(List.of(args), System.getenv(), AgentMain::hostName));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + AgentOptions.USAGE);
            System.exit(2);
        }
    }

    private static void run(AgentOptions options) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Backlog backlog = new MemoryBacklog(KEPT_REPORTS);
        AgentLog log = new AgentLog(options, backlog);
        CountDownLatch closed = new CountDownLatch(1);
        try (IngestDoor door =
                        new IngestDoor(options.server(), options.tokenFile(), options.host(), options.labels(), clock);
                Courier courier = new Courier(backlog, door, new BackOff(RandomGenerator.getDefault()), log)) {
            if (options.exitWithParent()) {
                Thread.ofPlatform().name("parent-watch").daemon().start(() -> awaitEndOfInput(closed));
            }
            log.started();
            courier.start();
            new Rounds(
                            new OshiReadings(clock, System::nanoTime),
                            courier,
                            options.interval(),
                            UUID.randomUUID().toString(),
                            System::nanoTime)
                    .untilClosed(closed);
        }
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
