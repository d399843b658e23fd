package io.peerscope.benchmarks.server;

import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard gateway alone, with a broker of its own: what passes live topics on to browsers. */
public final class Gateway implements AutoCloseable {
    private static final Pattern CONNECTIONS = Pattern.compile("(?m)^peerscope_gateway_connections\\S* (\\S+)");

    private final EmbeddedKafka broker;
    private final ChildProcess program;
    private final RecordWriter writer;
    private final URI address;
    private final Secret token;

    private Gateway(EmbeddedKafka broker, ChildProcess program, RecordWriter writer, URI address, Secret token) {
        this.broker = broker;
        this.program = program;
        this.writer = writer;
        this.address = address;
        this.token = token;
    }

    /** Returns when it is ready. */
    public static Gateway start(Path data, List<String> javaOptions) {
        EmbeddedKafka broker =
                EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withClasspath(Peerscope.brokerJars()));
        try {
            KafkaClients clients =
                    new KafkaClients(KafkaConfig.local(broker.bootstrapServers(), data.resolve("benchmark")));
            Secret token = Peerscope.letIn(clients, Role.VIEWER);
            URI address = URI.create("http://127.0.0.1:" + FreePort.any());
            List<String> options = new ArrayList<>(javaOptions);
            options.add("-Dquarkus.http.port=" + address.getPort());
            options.add("-Dpeerscope.kafka.bootstrap-servers=" + broker.bootstrapServers());
            options.add("-Dpeerscope.kafka.partitions=" + clients.config().partitions());
            options.add("-Dpeerscope.kafka.instance=benchmark");
            ChildProcess program = ChildProcess.start(
                    "dashboard-gateway",
                    JavaCommand.of(
                            options,
                            SourceTree.built("dashboard-gateway/target/quarkus-app/quarkus-run.jar"),
                            List.of()),
                    SourceTree.root(),
                    data.resolveSibling("dashboard-gateway.log"));
            new Web(address).awaitReady(program, "/q/health/ready");
            return new Gateway(broker, program, new RecordWriter(clients, "benchmark-alerts"), address, token);
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    public URI address() {
        return address;
    }

    /** Of a viewer. */
    public String token() {
        return token.text();
    }

    public ProcessHandle process() {
        return program.program();
    }

    /** Returns when the event is durable. */
    public void tell(AlertEvent event) {
        writer.write(Topic.ALERTS_EVENTS, event.data().key(), Json.encode(event));
    }

    /** How many clients it has, by its own metrics. */
    public int connections() {
        Matcher metric = CONNECTIONS.matcher(new Web(address).get("/metrics"));
        if (!metric.find()) {
            throw new IllegalStateException("the gateway does not tell how many connections it has");
        }
        return (int) Double.parseDouble(metric.group(1));
    }

    public List<Watched> programs() {
        return List.of(
                Watched.alone("dashboard-gateway", program.program()),
                Watched.alone("broker", ProcessHandle.of(broker.pid()).orElseThrow()),
                Watched.alone(Usage.GENERATOR, ProcessHandle.current()));
    }

    @Override
    public void close() {
        writer.close();
        program.close();
        broker.close();
    }
}
