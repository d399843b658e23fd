package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.testkit.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Time;

/** The topology in a JVM of its own, so that it can be killed without a word. Goes with the test that started it. */
final class AlertProcess implements AutoCloseable {
    private static final String CONDITION = "condition: ";

    private final Process process;
    private final Path log;

    private AlertProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The only one, or one that takes the place of the only one. */
    static AlertProcess start(String bootstrapServers, Path stateDir) throws IOException {
        return start(bootstrapServers, stateDir, "local");
    }

    /** @param instance name among others; who comes back by the same name is given the same work at once */
    static AlertProcess start(String bootstrapServers, Path stateDir, String instance) throws IOException {
        return start(bootstrapServers, stateDir, instance, (short) 1, stateDir.resolveSibling(instance + ".log"), "");
    }

    /** The only one, whose clock is wrong by the seconds that stand in a file. */
    static AlertProcess startWithClock(String bootstrapServers, Path stateDir, Path clock) throws IOException {
        Path log = stateDir.resolveSibling("alert.log");
        return start(bootstrapServers, stateDir, "local", (short) 1, log, clock.toString());
    }

    /** The only one on these brokers, with as many replicas of its state as their other topics have. */
    static AlertProcess start(KafkaConfig brokers, Path stateDir) throws IOException {
        Path log = stateDir.resolveSibling("alert.log");
        return start(brokers.bootstrapServers(), stateDir, brokers.instance(), brokers.replication(), log, "");
    }

    private static AlertProcess start(
            String bootstrapServers, Path stateDir, String instance, short replication, Path log, String clock)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AlertProcess.class.getName(),
                        bootstrapServers,
                        stateDir.toString(),
                        instance,
                        Short.toString(replication),
                        clock))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new AlertProcess(builder.start(), log);
    }

    public static void main(String[] args) throws IOException {
        KafkaConfig alone = KafkaConfig.local(args[0], Path.of(args[1]));
        KafkaConfig config = new KafkaConfig(
                args[0], alone.partitions(), Short.parseShort(args[3]), alone.stateDir(), args[2], Map.of());
        KafkaClients clients = new KafkaClients(config);
        PastPoints past = new TopicPast(clients, System::currentTimeMillis);
        Time time = args[4].isEmpty() ? Time.SYSTEM : new SetClock(Path.of(args[4]));
        try (TopicPointsRead read = TopicPointsRead.start(clients, time::milliseconds);
                HostedStreams streams = HostedStreams.start(
                        Application.ALERT,
                        new AlertTopology(
                                        EvaluationConfig.defaults(),
                                        new EvaluationCounts(),
                                        new EvaluationLag(),
                                        past,
                                        read,
                                        Tracer.off())
                                .get(),
                        config,
                        Topic.METRICS_POINTS_DLQ,
                        HostedStreams.urgent(Duration.ofMillis(30)),
                        time)) {
            Thread.ofVirtual().start(() -> tellCondition(streams));
            while (System.in.read() >= 0) {
                // the test is alive
            }
        }
        System.exit(0); // as a service does, whatever threads there are yet
    }

    /** As readiness would. */
    private static void tellCondition(HostedStreams streams) {
        Condition before = new Condition.Down("");
        while (true) {
            Condition now = streams.condition();
            if (!now.equals(before)) {
                System.out.println(CONDITION + now);
            }
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** The conditions that it was in, one after the other, as long as it lives. */
    List<String> conditions() {
        return log().stream()
                .filter(line -> line.startsWith(CONDITION))
                .map(line -> line.substring(CONDITION.length()))
                .toList();
    }

    /** What it printed, and those before it on the same disk. */
    List<String> log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In order: its standard input ends. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("did not stop in order");
        }
    }

    /** Waits until it ends by itself. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Its sockets stay open, and it does nothing until this is closed; then it does not know that time has passed. */
    Signals.Paused pause() {
        return Signals.pause(process.toHandle());
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
