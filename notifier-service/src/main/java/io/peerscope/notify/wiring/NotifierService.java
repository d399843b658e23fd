package io.peerscope.notify.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.EmailSender;
import io.peerscope.notify.deliver.KafkaDeliveryLog;
import io.peerscope.notify.deliver.OutboxLoop;
import io.peerscope.notify.deliver.Postman;
import io.peerscope.notify.deliver.TargetAddress;
import io.peerscope.notify.deliver.WebhookSender;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.topology.NotifierTopology;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** The service: its parts are put together here, and only here. */
@Readiness
@ApplicationScoped
public class NotifierService implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(NotifierService.class);
    private static final String NAME = "notifier-service";
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final MeterRegistry meters;
    private final BackgroundStart start;
    private final WebhookSender webhooks;
    private final EmailSender emails;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Condition.Source> parts = new ArrayList<>();

    NotifierService(
            KafkaSettings kafka, NotifierSettings settings, Vertx vertx, ReactiveMailer mailer, MeterRegistry meters) {
        this.clients = new KafkaClients(kafka.toConfig());
        this.meters = meters;
        this.webhooks = new WebhookSender(vertx, new TargetAddress(settings.privateTargets()));
        this.emails = new EmailSender(mailer);
        this.start = new BackgroundStart(NAME, this::open);
    }

    void onStart(@Observes StartupEvent event) {
        start.start();
    }

    private void open() throws InterruptedException {
        try (Admin admin = clients.admin("notifier-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        KafkaDeliveryLog log = new KafkaDeliveryLog(clients).start();
        try {
            awaitCaughtUp(log);
        } catch (KafkaUnavailableException | InterruptedException e) {
            log.close();
            throw e;
        }
        HostedStreams streams = HostedStreams.start(
                Application.NOTIFIER,
                new NotifierTopology(this::countHeld).get(),
                clients.config(),
                Topic.ALERTS_EVENTS_DLQ,
                Map.of());
        Postman postman = new Postman(
                Map.of(ChannelType.WEBHOOK, webhooks, ChannelType.EMAIL, emails),
                log,
                Backoff.standard(),
                InstantSource.system(),
                new SecureRandom(),
                Thread::sleep);
        OutboxLoop outbox = new OutboxLoop(clients, postman).start();
        synchronized (this) {
            open.push(webhooks);
            open.push(log);
            open.push(streams);
            open.push(outbox);
            parts.add(log::condition);
            parts.add(streams::condition);
            parts.add(outbox::condition);
        }
    }

    private static void awaitCaughtUp(KafkaDeliveryLog log) throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
        while (!log.caughtUp()) {
            if (System.nanoTime() > deadline) {
                throw new KafkaUnavailableException("earlier deliveries could not be read", null);
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private void countHeld(Held why) {
        meters.counter("peerscope_notify_held", "service", NAME, "reason", why.word())
                .increment();
    }

    @Override
    public synchronized HealthCheckResponse call() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(start.condition());
        parts.forEach(part -> conditions.add(part.condition()));
        return Condition.readiness(NAME, conditions);
    }

    void onStop(@Observes ShutdownEvent event) {
        start.close();
        synchronized (this) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    LOG.warnf("a part did not stop cleanly: %s", e.getMessage());
                }
            }
        }
    }
}
