package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The aggregator in a JVM of its own, so that it can be killed without a word. Goes with the test that started it. */
final class AggregatorProcess implements AutoCloseable {
    /** What services have. */
    static final int SESSION_MILLIS = 15_000;

    private static final int PARTITIONS = 4;

    private final Process process;

    private AggregatorProcess(Process process) {
        this.process = process;
    }

    static AggregatorProcess start(String bootstrapServers, Path stateDir) throws IOException {
        return start(bootstrapServers, stateDir, "local", SESSION_MILLIS);
    }

    /**
     * @param instance as whom it joins
     * @param sessionMillis after so long a silence its work is given to others
     */
    static AggregatorProcess start(String bootstrapServers, Path stateDir, String instance, int sessionMillis)
            throws IOException {
        Files.createDirectories(stateDir);
        return new AggregatorProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AggregatorProcess.class.getName(),
                        bootstrapServers,
                        stateDir.toString(),
                        instance,
                        Integer.toString(sessionMillis)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log(stateDir).toFile()))
                .start());
    }

    public static void main(String[] args) throws IOException {
        try (HostedStreams streams = HostedStreams.start(
                Application.AGGREGATOR,
                new AggregatorTopology(
                                AggregatorDriver.WINDOWS,
                                AggregatorDriver.PLAN,
                                () -> AggregatorDriver.LIVE,
                                AggregatorMeter.silent())
                        .get(),
                new KafkaConfig(args[0], PARTITIONS, (short) 1, Path.of(args[1]), args[2], Map.of()),
                Topic.METRICS_POINTS_DLQ,
                Map.of(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), args[3]))) {
            while (System.in.read() >= 0) {
                // the test is alive
            }
        }
    }

    private static Path log(Path stateDir) {
        return stateDir.resolve("process.log");
    }

    /** The end of what the last process on this state printed. */
    static String lastWords(Path stateDir) throws IOException {
        List<String> lines = Files.readAllLines(log(stateDir));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    ProcessHandle program() {
        return process.toHandle();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** In order: its standard input ends. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("did not stop in order");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
