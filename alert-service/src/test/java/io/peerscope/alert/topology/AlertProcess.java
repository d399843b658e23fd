package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The topology in a JVM of its own, so that it can be killed without a word. Goes with the test that started it. */
final class AlertProcess implements AutoCloseable {
    private final Process process;

    private AlertProcess(Process process) {
        this.process = process;
    }

    static AlertProcess start(String bootstrapServers, Path stateDir) throws IOException {
        return new AlertProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AlertProcess.class.getName(),
                        bootstrapServers,
                        stateDir.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public static void main(String[] args) throws IOException {
        KafkaConfig config = KafkaConfig.local(args[0], Path.of(args[1]));
        PastPoints past = new TopicPast(new KafkaClients(config), System::currentTimeMillis);
        try (HostedStreams streams = HostedStreams.start(
                Application.ALERT,
                new AlertTopology(EvaluationConfig.defaults(), new EvaluationCounts(), past).get(),
                config,
                Topic.METRICS_POINTS_DLQ,
                Map.of())) {
            while (System.in.read() >= 0) {
                // the test is alive
            }
        }
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
