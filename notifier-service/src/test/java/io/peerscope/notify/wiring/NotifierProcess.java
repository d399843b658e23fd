package io.peerscope.notify.wiring;

import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.HttpSender;
import io.peerscope.notify.http.Outbound;
import io.peerscope.notify.policy.Incidents;
import io.peerscope.notify.topology.NotifierTopology;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The notifier as a process of its own, to be killed or cut off. Arguments: broker, state directory, instance. */
final class NotifierProcess {
    private NotifierProcess() {}

    public static void main(String[] args) throws InterruptedException {
        KafkaConfig local = KafkaConfig.local(args[0], Path.of(args[1]));
        KafkaConfig config = new KafkaConfig(
                local.bootstrapServers(),
                local.partitions(),
                local.replication(),
                local.stateDir(),
                args[2],
                local.client());
        KafkaClients clients = new KafkaClients(config);
        Outbound outbound = new Outbound(Vertx.vertx(), new TargetAddress(true, List.of(443)));
        Backoff soon = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofHours(2));
        Delivering.start(
                clients,
                Map.of(ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound)),
                soon,
                InstantSource.system(),
                Tracer.off());
        HostedStreams.start(
                Application.NOTIFIER,
                new NotifierTopology(why -> {}, alert -> List.of(), Incidents.none(), Tracer.off()).get(),
                config,
                Topic.ALERTS_EVENTS_DLQ,
                Map.of());
        new CountDownLatch(1).await();
    }

    static Process start(String broker, Path state, String instance, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NotifierProcess.class.getName(),
                        broker,
                        state.toString(),
                        instance)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
