package io.peerscope.query.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.query.rest.KnownMetrics;
import io.peerscope.query.rest.QueryClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What everything else is made of. */
@Singleton
final class Basis {
    final KafkaClients clients;
    final RecordWriter writer;
    final AgroalDataSource database;
    final MeterRegistry meters;
    final Clock wallClock = Clock.systemUTC();

    @Produces
    @Singleton
    final QueryClock clock = new QueryClock(wallClock);

    @Produces
    @Singleton
    final KnownMetrics metrics = new KnownMetrics(MetricCatalogue.load());

    Basis(KafkaSettings kafka, AgroalDataSource database, MeterRegistry meters) {
        this.database = database;
        this.meters = meters;
        this.clients = new KafkaClients(kafka.toConfig());
        this.writer = new RecordWriter(clients, "query-api-writer");
    }
}
