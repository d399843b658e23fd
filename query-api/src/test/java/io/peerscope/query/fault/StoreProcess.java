package io.peerscope.query.fault;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.query.materialize.Materialization;
import io.peerscope.query.materialize.Progress;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.StalledWriters;
import io.peerscope.query.store.Tiers;
import io.peerscope.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * What stores, in a JVM of its own: the threads that store topics, the healing of late minutes and the longer tiers, with
 * the service's own database settings. Goes with the test that started it.
 */
final class StoreProcess {
    private static final String JDBC = "quarkus.datasource.jdbc.additional-jdbc-properties.";
    private static final long HEAL_MILLIS = 200;
    /** Sooner than the service, so that a test is over sooner. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(8);

    /**
     * @param jdbcUrl perhaps of a proxy
     * @param jdbc driver settings other than the service's own
     * @param kafka client settings other than the service's own
     * @param now what time it is for the tiers
     */
    record Settings(
            String bootstrapServers,
            String jdbcUrl,
            String username,
            String password,
            String instance,
            FailPoint failPoint,
            Map<String, String> jdbc,
            Map<String, String> kafka,
            Instant now) {

        Settings as(String newInstance) {
            return new Settings(
                    bootstrapServers, jdbcUrl, username, password, newInstance, failPoint, jdbc, kafka, now);
        }

        Settings with(Map<String, String> moreJdbc) {
            Map<String, String> all = new HashMap<>(jdbc);
            all.putAll(moreJdbc);
            return new Settings(bootstrapServers, jdbcUrl, username, password, instance, failPoint, all, kafka, now);
        }

        Settings failing(FailPoint point) {
            return new Settings(bootstrapServers, jdbcUrl, username, password, instance, point, jdbc, kafka, now);
        }

        Settings through(int databasePort) {
            String url = jdbcUrl.replaceAll("(//[^:/]+):\\d+/", "$1:" + databasePort + "/");
            return new Settings(bootstrapServers, url, username, password, instance, failPoint, jdbc, kafka, now);
        }
    }

    private StoreProcess() {}

    static ChildProcess start(Settings settings, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                settings.bootstrapServers(),
                settings.jdbcUrl(),
                settings.username(),
                settings.password(),
                settings.instance(),
                settings.failPoint().text(),
                settings.now().toString(),
                Integer.toString(settings.jdbc().size())));
        settings.jdbc().forEach((key, value) -> command.add(key + "=" + value));
        settings.kafka().forEach((key, value) -> command.add(key + "=" + value));
        return ChildProcess.start(
                "store-" + settings.instance(), command, folder, folder.resolve(settings.instance() + ".log"));
    }

    public static void main(String[] arguments) throws InterruptedException {
        int jdbcCount = Integer.parseInt(arguments[7]);
        Settings settings = new Settings(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                arguments[4],
                FailPoint.parse(arguments[5]),
                pairs(arguments, 8, 8 + jdbcCount),
                pairs(arguments, 8 + jdbcCount, arguments.length),
                Instant.parse(arguments[6]));
        run(settings);
    }

    private static Map<String, String> pairs(String[] arguments, int from, int to) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = from; i < to; i++) {
            String[] pair = arguments[i].split("=", 2);
            pairs.put(pair[0], pair[1]);
        }
        return pairs;
    }

    private static void run(Settings settings) throws InterruptedException {
        DataSource database = FailingDatabase.of(pool(settings), settings.failPoint());
        KafkaClients clients = new KafkaClients(new KafkaConfig(
                settings.bootstrapServers(),
                StoreStage.PARTITIONS,
                (short) 1,
                Path.of("unused"),
                settings.instance(),
                settings.kafka()));
        LateWindows late = new LateWindows(database, new Ids(), new RollupPlan(MetricCatalogue.load()));
        Tiers tiers = new Tiers(database, new Ids());
        StalledWriters stalled = new StalledWriters(database, STALLED_AFTER);
        Materialization store = new Materialization(
                clients,
                database,
                new Progress(database),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                Tracer.off(),
                new Materialization.Config(2, 20, 20, StoreStage.GRACE));
        store.start();
        ScheduledExecutorService jobs = Executors.newSingleThreadScheduledExecutor();
        jobs.scheduleWithFixedDelay(
                () -> {
                    try {
                        store.conditions().stream()
                                .filter(condition -> !condition.equals(Condition.ok()))
                                .forEach(System.err::println);
                        stalled.end();
                        late.heal();
                        tiers.run(settings.now());
                    } catch (SQLException | RuntimeException e) {
                        System.err.println("job: " + e);
                    }
                },
                HEAL_MILLIS,
                HEAL_MILLIS,
                TimeUnit.MILLISECONDS);
        Thread.currentThread().join();
    }

    private static AgroalDataSource pool(Settings settings) {
        Map<String, String> properties = new HashMap<>(serviceSettings());
        properties.putAll(settings.jdbc());
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(16)
                            .acquisitionTimeout(Duration.ofSeconds(3))
                            .exceptionSorter(new PostgreSQLExceptionSorter())
                            .connectionValidator(
                                    AgroalConnectionPoolConfiguration.ConnectionValidator.defaultValidator())
                            .validationTimeout(Duration.ofSeconds(10))
                            .connectionFactoryConfiguration(factory -> {
                                factory.jdbcUrl(settings.jdbcUrl())
                                        .principal(new NamePrincipal(settings.username()))
                                        .credential(new SimplePassword(settings.password()));
                                properties.forEach(factory::jdbcProperty);
                                return factory;
                            })));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the service tells the driver, from its own defaults. */
    private static Map<String, String> serviceSettings() {
        try {
            for (URL file : Collections.list(
                    StoreProcess.class.getClassLoader().getResources("META-INF/microprofile-config.properties"))) {
                Properties all = new Properties();
                try (InputStream in = file.openStream()) {
                    all.load(in);
                }
                if ("query-api".equals(all.getProperty("quarkus.application.name"))) {
                    Map<String, String> jdbc = new HashMap<>();
                    all.stringPropertyNames().stream()
                            .filter(key -> key.startsWith(JDBC))
                            .forEach(key -> jdbc.put(key.substring(JDBC.length()), all.getProperty(key)));
                    return jdbc;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("query-api has no defaults");
    }
}
