package io.peerscope.deployment;

import io.peerscope.aggregate.wiring.AggregatorSettings;
import io.peerscope.alert.wiring.AlertSettings;
import io.peerscope.foundation.health.OperatorSettings;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.secret.SecretsSettings;
import io.peerscope.foundation.trace.TracingSettings;
import io.peerscope.gateway.wiring.GatewaySettings;
import io.peerscope.ingest.wiring.IngestSettings;
import io.peerscope.notify.wiring.NotifierSettings;
import io.peerscope.query.wiring.QuerySettings;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a service reads, by the service. */
final class KnownSettings {
    private static final Set<String> QUARKUS = Set.of(
            "quarkus.config.locations",
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.http.ssl-port",
            "quarkus.http.insecure-requests",
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key-files",
            "quarkus.http.ssl.certificate.reload-period");
    private static final Set<String> DATABASE = Set.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.datasource.reading.username",
            "quarkus.datasource.reading.password",
            "peerscope.notify.private-targets",
            "peerscope.notify.ports",
            "peerscope.notify.public-url");

    private static final Map<String, List<Class<?>>> MAPPINGS = Map.of(
            "ingest-service", List.of(IngestSettings.class),
            "aggregator-streams", List.of(AggregatorSettings.class),
            "alert-service", List.of(AlertSettings.class),
            "notifier-service", List.of(NotifierSettings.class, SecretsSettings.class),
            "query-api", List.of(QuerySettings.class, SecretsSettings.class),
            "dashboard-gateway", List.of(GatewaySettings.class));

    private KnownSettings() {}

    static Set<String> services() {
        return new TreeSet<>(MAPPINGS.keySet());
    }

    /** Whether it reads a property of this name; what stands in quotes is a name of the reader's choice. */
    static boolean property(String service, String name) {
        return names(service)
                .anyMatch(known -> known.equals(name)
                        || known.endsWith(".*") && name.startsWith(known.substring(0, known.length() - 1)));
    }

    /** Whether it reads an environment variable of this name. */
    static boolean variable(String service, String name) {
        return names(service)
                .map(known -> known.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .anyMatch(name::equals);
    }

    private static Stream<String> names(String service) {
        Stream<Class<?>> mappings = Stream.concat(
                Stream.of(KafkaSettings.class, TracingSettings.class, OperatorSettings.class),
                MAPPINGS.getOrDefault(service, List.of()).stream());
        Stream<String> ours = mappings.flatMap(
                mapping -> ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream());
        Stream<String> others =
                Stream.concat(QUARKUS.stream(), service.equals("query-api") ? DATABASE.stream() : Stream.empty());
        return Stream.concat(ours, others);
    }
}
