package io.peerscope.notify.wiring;

import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.HttpSender;
import io.peerscope.notify.http.Outbound;
import io.peerscope.notify.topology.NotifierTopology;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The notifier as a process of its own that can be killed. Arguments: broker, state directory. */
final class NotifierProcess {
    private NotifierProcess() {}

    public static void main(String[] args) throws InterruptedException {
        KafkaConfig config = KafkaConfig.local(args[0], Path.of(args[1]));
        KafkaClients clients = new KafkaClients(config);
        Outbound outbound = new Outbound(Vertx.vertx(), new TargetAddress(true, List.of(443)));
        Backoff soon = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofHours(2));
        Delivering.start(
                clients,
                Map.of(ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound)),
                soon,
                InstantSource.system());
        HostedStreams.start(
                Application.NOTIFIER,
                new NotifierTopology(why -> {}, alert -> List.of()).get(),
                config,
                Topic.ALERTS_EVENTS_DLQ,
                Map.of());
        new CountDownLatch(1).await();
    }
}
