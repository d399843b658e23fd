package io.peerscope.gateway.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.security.Credential;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.health.OpenRequests;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.access.OriginPolicy;
import io.peerscope.gateway.access.Presented;
import io.peerscope.gateway.conversation.Conversation;
import io.peerscope.gateway.conversation.Limits;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.LiveView;
import io.peerscope.gateway.page.ApiForward;
import io.peerscope.gateway.page.Pages;
import io.peerscope.gateway.socket.MonitorEndpoint;
import io.peerscope.gateway.socket.MonitorHub;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** The dashboard gateway: puts its parts together, starts them with the application and stops them with it. */
@Singleton
@Readiness
public final class DashboardGateway implements HealthCheck, HttpServerOptionsCustomizer {
    private static final String NAME = "dashboard-gateway";
    private static final Logger LOG = Logger.getLogger(DashboardGateway.class);
    private static final long VIEW_TICK_MS = 1000;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final Limits limits = Limits.standard();
    private final OpenRequests requests = new OpenRequests();
    private final InstantSource clock = InstantSource.system();
    private final KafkaClients clients;
    private final LiveView view = new LiveView(clock);
    private final AlertLog alerts;
    private final CredentialDirectory credentials;
    private final MonitorHub hub;
    private final LiveTopics topics;
    private final BackgroundStart start;

    public DashboardGateway(Vertx vertx, MeterRegistry meters, KafkaSettings kafka, GatewaySettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.clients = new KafkaClients(kafka.toConfig());
        this.alerts = new AlertLog(settings.resumableAlerts());
        this.credentials = new CredentialDirectory(clients, "gateway-credentials", clock);
        this.hub = new MonitorHub(vertx, limits, credentials::stillValid);
        this.topics = new LiveTopics(clients, view, alerts, hub::wakeAll);
        this.start = new BackgroundStart(NAME, this::begin);
        Gauge.builder("peerscope.gateway.connections", hub, MonitorHub::size)
                .description("Live connections on /monitor")
                .tag("service", NAME)
                .register(meters);
    }

    void routes(@Observes Router router) {
        String epoch = UUID.randomUUID().toString();
        router.route("/monitor")
                .handler(new MonitorEndpoint(
                        vertx,
                        hub,
                        new OriginPolicy(settings.allowedOrigins().orElse(List.of())),
                        this::authenticate,
                        () -> new Conversation(epoch, view, alerts, limits, clock.millis()),
                        limits,
                        settings.maxConnections(),
                        clock::millis));
        Pages.on(router);
        settings.queryApiUrl().ifPresent(url -> {
            requests.on(router, "/api/*");
            ApiForward.on(router, vertx, url);
        });
    }

    void started(@Observes StartupEvent event) {
        hub.start();
        vertx.setPeriodic(VIEW_TICK_MS, timer -> view.tick());
        start.start();
    }

    /** Before anything in this process stops, the HTTP server included. */
    void answerTheLast(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        hub.stop();
        if (!requests.drain(LAST_ANSWERS)) {
            LOG.warn("stopping with requests unanswered");
        }
    }

    void stopping(@Observes ShutdownEvent event) {
        start.close();
        topics.close();
        credentials.close();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.addWebSocketSubProtocol("bearer");
        options.setMaxWebSocketMessageSize(4 * limits.messageBytes());
        // A frame goes to many; compressing it again for each would cost more than the bytes are worth.
        options.setPerMessageWebSocketCompressionSupported(false);
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }

    @Override
    public HealthCheckResponse call() {
        List<Condition> parts = new ArrayList<>(topics.conditions());
        parts.add(requests.condition());
        parts.add(start.condition());
        parts.add(credentials.condition());
        return Condition.readiness(NAME, parts);
    }

    private void begin() {
        try (Admin admin = clients.admin("gateway-topics")) {
            new Topics(admin, clients.config()).ensure();
        }
        credentials.start();
        topics.start();
    }

    private Optional<Principal> authenticate(Presented presented) {
        return switch (presented) {
            case Presented.Token(String text) -> credentials.authenticate(text, Credential.Use.TOKEN);
            case Presented.SessionCookie(String text) -> credentials.authenticate(text, Credential.Use.SESSION);
        };
    }
}
