package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.testkit.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The topology in a JVM of its own, so that it can be killed without a word. Goes with the test that started it. */
final class AlertProcess implements AutoCloseable {
    private final Process process;

    private AlertProcess(Process process) {
        this.process = process;
    }

    /** The only one, or one that takes the place of the only one. */
    static AlertProcess start(String bootstrapServers, Path stateDir) throws IOException {
        return start(bootstrapServers, stateDir, "local");
    }

    /** @param instance name among others; who comes back by the same name is given the same work at once */
    static AlertProcess start(String bootstrapServers, Path stateDir, String instance) throws IOException {
        return start(bootstrapServers, stateDir, instance, (short) 1);
    }

    /** The only one on these brokers, with as many replicas of its state as their other topics have. */
    static AlertProcess start(KafkaConfig brokers, Path stateDir) throws IOException {
        return start(brokers.bootstrapServers(), stateDir, brokers.instance(), brokers.replication());
    }

    private static AlertProcess start(String bootstrapServers, Path stateDir, String instance, short replication)
            throws IOException {
        return new AlertProcess(new ProcessBuilder(List.of(
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
                        Short.toString(replication)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public static void main(String[] args) throws IOException {
        KafkaConfig alone = KafkaConfig.local(args[0], Path.of(args[1]));
        KafkaConfig config = new KafkaConfig(
                args[0], alone.partitions(), Short.parseShort(args[3]), alone.stateDir(), args[2], Map.of());
        PastPoints past = new TopicPast(new KafkaClients(config), System::currentTimeMillis);
        try (HostedStreams streams = HostedStreams.start(
                Application.ALERT,
                new AlertTopology(EvaluationConfig.defaults(), new EvaluationCounts(), new EvaluationLag(), past).get(),
                config,
                Topic.METRICS_POINTS_DLQ,
                HostedStreams.urgent(Duration.ofMillis(30)))) {
            while (System.in.read() >= 0) {
                // the test is alive
            }
        }
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
