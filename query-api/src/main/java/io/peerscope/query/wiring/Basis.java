package io.peerscope.query.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.secret.ChannelSecrets;
import io.peerscope.foundation.secret.SecretBox;
import io.peerscope.foundation.secret.SecretsSettings;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.foundation.trace.Tracing;
import io.peerscope.query.rest.KnownMetrics;
import io.peerscope.query.rest.QueryClock;
import io.peerscope.query.store.ReadingLogin;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What everything else is made of. */
@Singleton
final class Basis {
    private static final Logger LOG = Logger.getLogger(Basis.class);

    final KafkaClients clients;
    final RecordWriter writer;
    final AgroalDataSource database;
    /** For questions: it can only read. */
    final AgroalDataSource reading;

    final ReadingLogin readingLogin;
    final MeterRegistry meters;
    final Tracer tracer;
    final Clock wallClock = Clock.systemUTC();

    @Produces
    @Singleton
    final ChannelSecrets channelSecrets;

    final SecretBox box;

    @Produces
    @Singleton
    final QueryClock clock = new QueryClock(wallClock);

    @Produces
    @Singleton
    final KnownMetrics metrics = new KnownMetrics(MetricCatalogue.load());

    Basis(
            KafkaSettings kafka,
            AgroalDataSource database,
            @DataSource("reading") AgroalDataSource reading,
            MeterRegistry meters,
            Tracing tracing,
            SecretsSettings secrets,
            @ConfigProperty(name = "quarkus.datasource.reading.username") String readingName,
            @ConfigProperty(name = "quarkus.datasource.reading.password") Optional<String> readingPassword) {
        this.database = database;
        this.reading = reading;
        this.readingLogin = new ReadingLogin(database, readingName, readingPassword.orElse(""));
        SecretBox box = secrets.toBox();
        if (!box.seals()) {
            LOG.warn(
                    "secrets of channels and second factors are written in clear: peerscope.secrets.key-file is not set");
        }
        this.channelSecrets = new ChannelSecrets(box);
        this.box = box;
        this.meters = meters;
        this.tracer = tracing.of("query-api");
        this.clients = new KafkaClients(kafka.toConfig());
        this.writer = new RecordWriter(clients, "query-api-writer");
    }
}
