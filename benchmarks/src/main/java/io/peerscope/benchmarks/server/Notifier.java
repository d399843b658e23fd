package io.peerscope.benchmarks.server;

import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.JavaCommand;
import io.peerscope.testkit.process.SourceTree;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The notifier alone, with a broker of its own: what makes messages of alerts and sends them. */
public final class Notifier implements AutoCloseable {
    private final EmbeddedKafka broker;
    private final ChildProcess program;
    private final RecordWriter writer;

    private Notifier(EmbeddedKafka broker, ChildProcess program, KafkaClients clients) {
        this.broker = broker;
        this.program = program;
        this.writer = new RecordWriter(clients, "benchmark-alerts");
    }

    /** Returns when it is ready. */
    public static Notifier start(Path data, List<String> javaOptions) {
        EmbeddedKafka broker =
                EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withClasspath(Peerscope.brokerJars()));
        try {
            KafkaClients clients =
                    new KafkaClients(KafkaConfig.local(broker.bootstrapServers(), data.resolve("benchmark")));
            URI address = URI.create("http://127.0.0.1:" + FreePort.any());
            List<String> options = new ArrayList<>(javaOptions);
            options.add("-Dquarkus.http.port=" + address.getPort());
            options.add("-Dpeerscope.kafka.bootstrap-servers=" + broker.bootstrapServers());
            options.add("-Dpeerscope.kafka.partitions=" + clients.config().partitions());
            options.add("-Dpeerscope.kafka.state-dir=" + data.resolve("streams"));
            options.add("-Dpeerscope.kafka.instance=benchmark");
            options.add("-Dpeerscope.notify.private-targets=true");
            ChildProcess program = ChildProcess.start(
                    "notifier-service",
                    JavaCommand.of(
                            options,
                            SourceTree.built("notifier-service/target/quarkus-app/quarkus-run.jar"),
                            List.of()),
                    SourceTree.root(),
                    data.resolveSibling("notifier.log"));
            new Web(address).awaitReady(program, "/q/health/ready");
            return new Notifier(broker, program, clients);
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    public void put(Channel channel) {
        writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, channel.id(), Json.encode(channel));
    }

    /** Returns when the event is durable. */
    public void tell(AlertEvent event) {
        writer.write(Topic.ALERTS_EVENTS, event.data().key(), Json.encode(event));
    }

    /** Returns when all are durable; the writer has many under way at once. */
    public void tellAll(Collection<AlertEvent> events) {
        List<Map.Entry<String, byte[]>> rows = new ArrayList<>(events.size());
        events.forEach(event -> rows.add(Map.entry(event.data().key(), Json.encode(event))));
        writer.writeAll(Topic.ALERTS_EVENTS, rows);
    }

    public List<Watched> programs() {
        return List.of(
                Watched.alone("notifier-service", program.program()),
                Watched.alone("broker", ProcessHandle.of(broker.pid()).orElseThrow()));
    }

    @Override
    public void close() {
        writer.close();
        program.close();
        broker.close();
    }
}
