package io.peerscope.ingest.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.foundation.setting.ChangedSettings;
import io.peerscope.foundation.trace.Tracing;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.SeriesBudget;
import io.peerscope.ingest.analytics.AnalyticsProtocol;
import io.peerscope.ingest.cursor.CursorRoute;
import io.peerscope.ingest.events.EventIntake;
import io.peerscope.ingest.events.EventsProtocol;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.http.InFlight;
import io.peerscope.ingest.http.IngestRoutes;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.line.LineDecoder;
import io.peerscope.ingest.line.LineProtocol;
import io.peerscope.ingest.line.PingRoute;
import io.peerscope.ingest.line.QueryRoute;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import io.peerscope.ingest.otlp.OtlpProtocol;
import io.peerscope.ingest.publish.KafkaBatchLog;
import io.peerscope.ingest.publish.KafkaEventLog;
import io.peerscope.ingest.publish.KafkaReceiptLog;
import io.peerscope.ingest.publish.KafkaTokenUses;
import io.peerscope.ingest.publish.RecordSender;
import io.peerscope.ingest.publish.TokenUses;
import io.peerscope.ingest.quota.Quotas;
import io.peerscope.ingest.quota.Strangers;
import io.peerscope.ingest.remotewrite.RemoteWriteProtocol;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/** The ingest service: built here from its parts, started and stopped with the process. */
@Singleton
public class IngestService {
    private static final Logger LOG = Logger.getLogger(IngestService.class);
    /** Nothing is taken before, so that what is sent again after a restart is corrected as it was. */
    private static final Duration CLOCKS_KNOWN_WITHIN = Duration.ofSeconds(5);

    private final IngestSettings settings;
    private final KafkaClients clients;
    private final RecordSender sender = new RecordSender();
    private final CredentialDirectory credentials;
    private final HostCursors cursors;
    private final ChangedSettings<Limits> changes;
    private final InFlight inFlight;
    private final IngestRoutes routes;
    private final CursorRoute cursorRoute;
    private final QueryRoute queryRoute;
    private final BackgroundStart start;
    /** Only the thread that connects looks at it. */
    private boolean following;

    @Inject
    public IngestService(IngestSettings settings, KafkaSettings kafka, MeterRegistry registry, Tracing tracing) {
        this.settings = settings;
        this.clients = new KafkaClients(kafka.toConfig());
        Clock clock = Clock.systemUTC();
        this.credentials = new CredentialDirectory(clients, "ingest-credentials", clock);
        this.cursors = new HostCursors(clients);
        this.inFlight = new InFlight(settings.maxInFlight().asLongValue());
        MicrometerIntake meter = new MicrometerIntake(registry);
        ClockSkew skew = new ClockSkew(settings.rememberedHosts(), cursors::correction);
        MetricCatalogue catalogue = MetricCatalogue.load();
        SeriesBudget series = new SeriesBudget(settings.seriesLimits());
        this.changes = new ChangedSettings<>(
                clients, "ingest-settings", settings.limits(), Set.of(Setting.RETENTION_RAW), settings::limits);
        Admission admission = new Admission(catalogue, skew, changes::now, series);
        Intake intake = new Intake(
                admission,
                new KafkaBatchLog(sender),
                new KafkaReceiptLog(sender),
                settings.rememberedBatches(),
                new ReceiptSecrets(),
                meter);
        HttpLimits limits = settings.httpLimits();
        TokenUses uses = new TokenUses(new KafkaTokenUses(sender), settings.tokenUseEvery(), clock);
        TokenDoorkeeper doorkeeper = new TokenDoorkeeper(credentials, uses);
        Strangers strangers = new Strangers(System::nanoTime);
        this.cursorRoute = new CursorRoute(doorkeeper, strangers, cursors);
        this.queryRoute = new QueryRoute(doorkeeper, strangers, limits.bodyTimeout());
        LineDecoder lines = new LineDecoder(catalogue);
        EventIntake events = new EventIntake(catalogue, skew, settings.eventLimits(), new KafkaEventLog(sender), meter);
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(new NativeProtocol(settings.maxPoints(), limits.body()));
        RemoteWriteProtocol remoteWrite =
                new RemoteWriteProtocol(catalogue, limits.body(), new SecureRandom().nextLong());
        protocols.add(remoteWrite);
        protocols.add(new LineProtocol(LineApi.V1, lines, limits.body()));
        protocols.add(new LineProtocol(LineApi.V2, lines, limits.body()));
        protocols.add(new OtlpProtocol(catalogue, settings.otlpBody()));
        protocols.addAll(AnalyticsProtocol.both(catalogue, settings.analyticsHost()));
        protocols.add(new EventsProtocol(events));
        this.routes = new IngestRoutes(
                protocols,
                new IngestRoutes.Parts(
                        doorkeeper,
                        intake,
                        inFlight,
                        limits,
                        meter,
                        clock::millis,
                        new Quotas(
                                settings.hostQuota().rates(),
                                settings.fleetQuota().rates(),
                                System::nanoTime),
                        strangers,
                        tracing.of("ingest-service")));
        this.start = new BackgroundStart("ingest", this::connect);
        Gauge.builder("peerscope.ingest.in.flight.bytes", inFlight, InFlight::bytes)
                .tag("service", "ingest")
                .register(registry);
        Gauge.builder("peerscope.ingest.series.active", series, SeriesBudget::active)
                .tag("service", "ingest")
                .register(registry);
        FunctionCounter.builder(
                        "peerscope.ingest.exemplars.dropped", remoteWrite, RemoteWriteProtocol::droppedExemplars)
                .description("Exemplars of remote write 1.0, which are not kept")
                .tag("service", "ingest")
                .register(registry);
        FunctionCounter.builder(
                        "peerscope.ingest.histograms.refused", remoteWrite, RemoteWriteProtocol::refusedHistograms)
                .description("Native histograms of remote write, which are not kept")
                .tag("service", "ingest")
                .register(registry);
        FunctionCounter.builder("peerscope.ingest.line.texts.dropped", lines, LineDecoder::droppedTexts)
                .description("Strings of line protocol that could not be states")
                .tag("service", "ingest")
                .register(registry);
    }

    void routes(@Observes Router router) {
        routes.register(router);
        cursorRoute.register(router);
        queryRoute.register(router);
        new PingRoute().register(router);
    }

    void started(@Observes StartupEvent event) {
        start.start();
    }

    private void connect() throws InterruptedException {
        try (Admin admin = clients.admin("ingest-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        follow();
        if (!cursors.awaitAll(CLOCKS_KNOWN_WITHIN)) {
            LOG.warnf("hosts.live is not read yet: wrong clocks of hosts are found anew");
        }
        sender.open(clients, settings.maxInFlight().asLongValue());
    }

    /** Once, however often connecting is tried. */
    private void follow() {
        if (!following) {
            following = true;
            credentials.start();
            cursors.start();
            changes.start();
        }
    }

    /** Before anything in this process stops, the HTTP server included: an answer that is lost makes its sender send again. */
    void answerTheLast(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        inFlight.announce(settings.notice());
        if (!inFlight.drain(settings.drain())) {
            LOG.warnf("stopping with %d requests unanswered", inFlight.requests());
        }
    }

    void stopped(@Observes ShutdownEvent event) {
        start.close();
        sender.close();
        credentials.close();
        cursors.close();
        changes.close();
    }

    List<Condition> conditions() {
        return List.of(
                start.condition(),
                sender.condition(),
                credentials.condition(),
                cursors.condition(),
                changes.condition(),
                inFlight.leaving() ? new Condition.Down("stopping") : Condition.ok());
    }
}
