package io.peerscope.query.wiring;

import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.health.OpenRequests;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.query.access.Bootstrap;
import io.peerscope.query.export.PeerMetrics;
import io.peerscope.query.export.Pseudonyms;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * The query API from start to stop. What needs Kafka and what needs the database start apart from one another, so that
 * open alerts are shown while the database is away.
 */
@Singleton
@Readiness
public final class QueryApi implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(QueryApi.class);
    private static final String NAME = "query-api";
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);
    private static final String DEFAULT_RULES = "default-rules";

    private final OpenRequests requests = new OpenRequests();
    private final Parts parts;
    private final QuerySettings settings;
    private final Flyway flyway;
    private final Jobs jobs;
    private final CountDownLatch topicsExist = new CountDownLatch(1);
    private final AtomicBoolean storing = new AtomicBoolean();
    private final BackgroundStart kafka = new BackgroundStart(NAME, this::startKafka);
    private final BackgroundStart database = new BackgroundStart(NAME + "-database", this::startDatabase);

    public QueryApi(Parts parts, QuerySettings settings, Flyway flyway) {
        this.parts = parts;
        this.settings = settings;
        this.flyway = flyway;
        this.jobs = new Jobs(parts, settings);
    }

    void started(@Observes StartupEvent event) {
        if (settings.export().enabled()) {
            UnaryOperator<String> naming = Pseudonyms.of(settings.export().pseudonymKey());
            new PeerMetricsExport(() -> PeerMetrics.of(
                            parts.topics.live.hosts().values(),
                            parts.topics.network.links(),
                            naming,
                            settings.export().peers(),
                            settings.export().mostLines(),
                            parts.basis.wallClock.instant()))
                    .on(parts.basis.meters);
        }
        kafka.start();
        database.start();
    }

    void routes(@Observes Router router) {
        requests.on(router, "/api/*");
    }

    /** Before anything in this process stops, the HTTP server included. */
    void answerTheLast(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        if (!requests.drain(LAST_ANSWERS)) {
            LOG.warn("stopping with requests unanswered");
        }
    }

    void stopping(@Observes ShutdownEvent event) {
        kafka.close();
        database.close();
        jobs.close();
        parts.close();
    }

    @Override
    public HealthCheckResponse call() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(requests.condition());
        conditions.add(kafka.condition());
        conditions.add(database.condition());
        if (topicsExist.getCount() == 0) {
            conditions.addAll(parts.topics.conditions());
        }
        if (storing.get()) {
            conditions.addAll(parts.past.materialization.conditions());
            conditions.add(jobs.condition());
        }
        return Condition.readiness(NAME, conditions);
    }

    private void startKafka() throws IOException, InterruptedException {
        if (topicsExist.getCount() > 0) {
            try (Admin admin = parts.basis.clients.admin("query-api-topics")) {
                new Topics(admin, parts.basis.clients.config()).ensure();
            }
            parts.topics.start();
            topicsExist.countDown();
        }
        if (settings.bootstrapCredentials().isPresent()) {
            await(parts.topics.credentials::caughtUp, "credentials");
            new Bootstrap(parts.topics.credentialBook, parts.basis.wallClock)
                    .publish(settings.bootstrapCredentials().get());
        }
    }

    private void startDatabase() throws SQLException, InterruptedException {
        migrate();
        parts.basis.readingLogin.ensure();
        parts.tables.settings.describe(parts.past.settings.configured());
        parts.past.settings.take(parts.tables.settings.load());
        parts.past.retention.run(parts.basis.wallClock.instant());
        topicsExist.await();
        if (storing.compareAndSet(false, true)) {
            parts.past.materialization.start();
            jobs.start();
        }
        publishDefaultRules();
    }

    private void migrate() throws SQLException {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            // its messages are pages long, and this one is repeated until the database is there
            throw new SQLException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("migration failed"), e);
        }
    }

    /** Once in the life of a database, and only where nobody made rules yet: who deletes them all wants none. */
    private void publishDefaultRules() throws SQLException, InterruptedException {
        if (parts.tables.markers.done(DEFAULT_RULES)) {
            return;
        }
        await(parts.topics.rules::caughtUp, "rules");
        if (parts.topics.rules.isEmpty()) {
            List<Rule> rules = DefaultRules.load();
            for (Rule rule : rules) {
                parts.topics.rules.put(rule.id(), rule);
            }
            LOG.infof("published %d default rules", rules.size());
        }
        parts.tables.markers.mark(DEFAULT_RULES, parts.basis.wallClock.instant());
    }

    private static void await(BooleanSupplier ready, String what) throws InterruptedException {
        for (int tries = 0; !ready.getAsBoolean(); tries++) {
            if (tries > 200) {
                throw new KafkaUnavailableException("still reading " + what, null);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
