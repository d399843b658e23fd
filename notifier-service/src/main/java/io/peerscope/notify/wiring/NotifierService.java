package io.peerscope.notify.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.secret.ChannelSecrets;
import io.peerscope.foundation.secret.SecretsSettings;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.foundation.trace.Tracing;
import io.peerscope.notify.action.ActionSender;
import io.peerscope.notify.action.KafkaNetworkCondition;
import io.peerscope.notify.action.NetworkCondition;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.email.EmailSender;
import io.peerscope.notify.form.AlertmanagerForm;
import io.peerscope.notify.form.DiscordForm;
import io.peerscope.notify.form.SlackForm;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.Heartbeat;
import io.peerscope.notify.http.HttpSender;
import io.peerscope.notify.http.Outbound;
import io.peerscope.notify.live.KafkaHostsNow;
import io.peerscope.notify.live.KafkaIncidents;
import io.peerscope.notify.live.RecentContributors;
import io.peerscope.notify.message.Links;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.secret.OpeningSender;
import io.peerscope.notify.sms.SmsAccount;
import io.peerscope.notify.sms.SmsSender;
import io.peerscope.notify.topology.NotifierTopology;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(10);

    private final KafkaClients clients;
    private final MeterRegistry meters;
    private final Tracer tracer;
    private final BackgroundStart start;
    private final NotifierSettings.Heartbeat heartbeat;
    private final Outbound outbound;
    /** Not known until it has been read. */
    private volatile NetworkCondition network = now -> OptionalDouble.empty();

    private final Map<ChannelType, Sender> senders;
    /** What was opened first is closed last. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final List<Condition.Source> parts = new ArrayList<>();

    NotifierService(
            KafkaSettings kafka,
            NotifierSettings settings,
            SecretsSettings secrets,
            Vertx vertx,
            MeterRegistry meters,
            Tracing tracing) {
        this.clients = new KafkaClients(kafka.toConfig());
        this.meters = meters;
        this.tracer = tracing.of(NAME);
        this.heartbeat = settings.heartbeat();
        this.outbound = new Outbound(vertx, new TargetAddress(settings.privateTargets(), settings.ports()));
        open.push(outbound);
        ChannelSecrets sealed = new ChannelSecrets(secrets.toBox());
        Map<ChannelType, Sender> opening = new EnumMap<>(ChannelType.class);
        senders(settings, vertx).forEach((type, sender) -> opening.put(type, new OpeningSender(sender, sealed)));
        this.senders = opening;
        this.start = new BackgroundStart(NAME, this::open);
    }

    private Map<ChannelType, Sender> senders(NotifierSettings settings, Vertx vertx) {
        Links links = new Links(settings.publicUrl());
        Map<String, SmsAccount> accounts = new HashMap<>();
        settings.sms().forEach((name, account) -> accounts.put(name, account.account(name)));
        return Map.of(
                ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound),
                ChannelType.DISCORD, new HttpSender(new DiscordForm(links), outbound),
                ChannelType.SLACK, new HttpSender(new SlackForm(links), outbound),
                ChannelType.ALERTMANAGER, new HttpSender(new AlertmanagerForm(links), outbound),
                ChannelType.ACTION,
                        new ActionSender(new HttpSender(WebhookForm.ofActions(), outbound), now -> network.health(now)),
                ChannelType.SMS, new SmsSender(accounts, outbound),
                ChannelType.EMAIL, emails(settings, vertx, links));
    }

    private Sender emails(NotifierSettings settings, Vertx vertx, Links links) {
        return settings.mail()
                .server()
                .<Sender>map(server -> new EmailSender(vertx, server, links))
                .orElse((message, now) ->
                        new Delivery.Refused(Cause.NOT_CONFIGURED, "no mail server; set peerscope.notify.mail.host"));
    }

    void onStart(@Observes StartupEvent event) {
        start.start();
    }

    private void open() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        try (Admin admin = clients.admin("notifier-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        KafkaNetworkCondition totals = KafkaNetworkCondition.start(clients);
        network = totals;
        KafkaHostsNow hosts = new KafkaHostsNow(clients, clock).start();
        Deque<AutoCloseable> begun = new ArrayDeque<>(List.of(hosts, totals));
        KafkaIncidents incidents;
        Delivering delivering;
        HostedStreams streams;
        try {
            incidents = KafkaIncidents.start(clients);
            begun.push(incidents);
            delivering = Delivering.start(clients, senders, Backoff.standard(), clock, tracer);
            begun.push(delivering);
            streams = HostedStreams.start(
                    Application.NOTIFIER,
                    new NotifierTopology(this::countHeld, new RecentContributors(hosts, clock), incidents, tracer)
                            .get(),
                    clients.config(),
                    Topic.ALERTS_EVENTS_DLQ,
                    HostedStreams.urgent(COMMIT_INTERVAL));
        } catch (InterruptedException | RuntimeException e) {
            close(begun);
            throw e;
        }
        synchronized (this) {
            open.push(totals);
            open.push(hosts);
            open.push(incidents);
            open.push(delivering);
            meters.gauge(
                    "peerscope_notify_dead_channels", Tags.of("service", NAME), delivering, Delivering::deadChannels);
            open.push(streams);
            parts.addAll(delivering.parts());
            parts.add(totals::condition);
            parts.add(incidents::condition);
            parts.add(streams::condition);
            heartbeat
                    .url()
                    .map(url ->
                            new Heartbeat(outbound, url, heartbeat.every(), () -> isWell(delivering), clock).start())
                    .ifPresent(open::push);
        }
    }

    private boolean isWell(Delivering delivering) {
        return call().getStatus() == HealthCheckResponse.Status.UP && delivering.reachesSomebody();
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
            close(open);
        }
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warnf("a part did not stop cleanly: %s", e.getMessage());
            }
        }
    }
}
