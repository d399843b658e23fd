package io.peerscope.testkit.process;

import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.infrastructure.Infrastructure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every service in a process of its own, as they run in production, around one broker and one database. */
public final class SixProcesses implements AutoCloseable {
    /** All six start at once, on as few as two cores. */
    private static final Duration START_BOUND = Duration.ofSeconds(180);

    private static final Path BROKER = SourceTree.root().resolve("deploy/broker/target/lib");

    /** Of no value to anybody. */
    private static final String SEALING = "5e".repeat(32);

    private final Infrastructure infrastructure;
    private final Tokens tokens;
    private final Map<Service, URI> addresses = new EnumMap<>(Service.class);
    private final Map<Service, ChildProcess> processes = new EnumMap<>(Service.class);
    private final Map<URI, ChildProcess> others = new ConcurrentHashMap<>();
    private final Path data;
    /** The checkout whose build the next start of a process is of. */
    private Path build = SourceTree.root();
    /** On top of what every service is given; of the next start of a process. */
    private final Map<String, String> more = new TreeMap<>();
    /** On top of that, of one service. */
    private Function<Service, Map<String, String>> own = service -> Map.of();

    /** The services, by the folders they are built in. */
    public enum Service {
        QUERY_API("query-api"),
        INGEST("ingest-service"),
        AGGREGATOR("aggregator-streams"),
        ALERT("alert-service"),
        NOTIFIER("notifier-service"),
        GATEWAY("dashboard-gateway");

        private final String folder;

        Service(String folder) {
            this.folder = folder;
        }

        public String folder() {
            return folder;
        }
    }

    private SixProcesses(Infrastructure infrastructure, Tokens tokens, Path data) {
        this.data = data;
        this.infrastructure = infrastructure;
        this.tokens = tokens;
    }

    /** Starts them side by side and returns when all are ready. */
    public static SixProcesses start(Path data) {
        return start(data, EnumSet.allOf(Service.class), Map.of());
    }

    /**
     * Only some of them.
     *
     * @param more settings that are not the default
     */
    public static SixProcesses start(Path data, Set<Service> services, Map<String, String> more) {
        return start(SourceTree.root(), data, services, more);
    }

    /**
     * All of them, as another checkout has built them; {@link #upgrade} goes on with this one's.
     *
     * @param checkout where {@code ./mvnw package} was run
     */
    public static SixProcesses startBuildOf(Path checkout, Path data) {
        SixProcesses all = start(checkout.toAbsolutePath(), data, EnumSet.allOf(Service.class), Map.of());
        all.build = SourceTree.root();
        return all;
    }

    /**
     * All of them, each coming to Kafka in its own way.
     *
     * @param passage that way
     * @param prepare what is done with the broker, by its bootstrap servers, before they come
     * @param own settings of each
     */
    public static SixProcesses start(
            Path data,
            KafkaOptions.Passage passage,
            Consumer<String> prepare,
            Function<Service, Map<String, String>> own) {
        Path folder = data.toAbsolutePath();
        Infrastructure infrastructure = Infrastructure.start(folder, BROKER, passage);
        SixProcesses all = new SixProcesses(infrastructure, Tokens.create(folder.resolve("credentials")), folder);
        all.own = own;
        try {
            prepare.accept(infrastructure.bootstrapServers());
            return all.started(EnumSet.allOf(Service.class));
        } catch (RuntimeException failed) {
            all.close();
            throw failed;
        }
    }

    private static SixProcesses start(Path build, Path data, Set<Service> services, Map<String, String> more) {
        Path folder = data.toAbsolutePath();
        Infrastructure infrastructure = Infrastructure.start(folder, BROKER);
        SixProcesses all = new SixProcesses(infrastructure, Tokens.create(folder.resolve("credentials")), folder);
        all.build = build;
        all.more.putAll(more);
        return all.started(services);
    }

    private SixProcesses started(Set<Service> services) {
        more.putIfAbsent("peerscope.secrets.key", SEALING);
        try {
            for (Service service : services) {
                addresses.put(service, URI.create("http://127.0.0.1:" + FreePort.any()));
            }
            for (Service service : services) {
                processes.put(service, launch(service, settings(service), service.folder));
            }
            try (Health health = new Health()) {
                processes.forEach((service, process) -> health.awaitReady(process, address(service), START_BOUND));
            }
            return this;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** From the next start of a process. */
    public void set(String key, String value) {
        more.put(key, value);
    }

    /** {@code kill -9} of the broker; it is started again by itself. */
    public void killBroker() {
        infrastructure.killBroker();
    }

    /** {@code kill -9} of the postmaster; it is started again by itself. */
    public void killDatabase() {
        infrastructure.killDatabase();
    }

    public String bootstrapServers() {
        return infrastructure.bootstrapServers();
    }

    /** {@code kill -9}. */
    public void kill(Service service) {
        child(service).kill();
    }

    /** Starts it again on the same data and port, and returns when it is ready; it must have ended. */
    public void restart(Service service) {
        if (child(service).isAlive()) {
            throw new IllegalStateException(service + " is still running");
        }
        ChildProcess again = launch(service, settings(service), service.folder);
        processes.put(service, again);
        try (Health health = new Health()) {
            health.awaitReady(again, address(service), START_BOUND);
        }
    }

    /** Stops it in order and starts what this checkout has built, on the same data and port; returns when it is ready. */
    public void upgrade(Service service) {
        child(service).close();
        restart(service);
    }

    /** One more of the same service, beside the first; returns its address when it is ready. */
    public URI another(Service service) {
        String name = service.folder + "-" + (others.size() + 2);
        URI address = URI.create("http://127.0.0.1:" + FreePort.any());
        Map<String, String> settings = settings(service);
        settings.put("quarkus.http.port", Integer.toString(address.getPort()));
        settings.put("peerscope.kafka.instance", name);
        settings.put(
                "peerscope.kafka.state-dir",
                data.resolve("streams").resolve(name).toString());
        ChildProcess process = launch(service, settings, name);
        others.put(address, process);
        try (Health health = new Health()) {
            health.awaitReady(process, address, START_BOUND);
        }
        return address;
    }

    /** What {@link #another} has started there. */
    public ProcessHandle program(URI another) {
        ChildProcess process = others.get(another);
        if (process == null) {
            throw new IllegalStateException("nothing was started at " + another);
        }
        return process.program();
    }

    private ChildProcess launch(Service service, Map<String, String> settings, String name) {
        Path jar = SourceTree.built(build, service.folder + "/target/quarkus-app/quarkus-run.jar");
        List<String> options = new ArrayList<>(List.of("-Xmx192m", "-XX:+UseSerialGC"));
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        Path log = data.resolve("logs").resolve(name + ".log");
        return ChildProcess.start(name, JavaCommand.of(options, jar, List.of()), SourceTree.root(), log);
    }

    /** What the service writes on its standard output. */
    public Path log(Service service) {
        return data.resolve("logs").resolve(service.folder + ".log");
    }

    private Map<String, String> settings(Service service) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.http.port", Integer.toString(address(service).getPort()));
        settings.put("peerscope.kafka.bootstrap-servers", infrastructure.bootstrapServers());
        settings.put(
                "peerscope.kafka.state-dir",
                data.resolve("streams").resolve(service.folder).toString());
        settings.put("peerscope.kafka.instance", "test");
        settings.put("peerscope.log.json", "true");
        settings.put("quarkus.log.category.\"org.apache.kafka\".level", "WARN");
        settings.put("quarkus.log.category.\"io.smallrye.health\".level", "WARN");
        switch (service) {
            case QUERY_API -> {
                Database database = infrastructure.database();
                settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
                settings.put("quarkus.datasource.username", database.username());
                settings.put("quarkus.datasource.password", database.password());
                settings.put("quarkus.datasource.reading.username", "peerscope_reading");
                settings.put(
                        "peerscope.query.bootstrap-credentials", tokens.folder().toString());
                settings.put("peerscope.notify.private-targets", "true");
            }
            case NOTIFIER -> settings.put("peerscope.notify.private-targets", "true");
            case GATEWAY ->
                settings.put(
                        "peerscope.gateway.query-api-url",
                        address(Service.QUERY_API).toString());
            case INGEST, AGGREGATOR, ALERT -> {}
        }
        settings.putAll(more);
        settings.putAll(own.apply(service));
        return settings;
    }

    public URI address(Service service) {
        URI address = addresses.get(service);
        if (address == null) {
            throw new IllegalStateException(service + " has no address yet");
        }
        return address;
    }

    public ProcessHandle program(Service service) {
        return child(service).program();
    }

    private ChildProcess child(Service service) {
        ChildProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return process;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Api api(Service service, String token) {
        return new Api(address(service), tokens.of(token));
    }

    /** Empty where the broker is in a container. */
    public Optional<ProcessHandle> broker() {
        return infrastructure.broker();
    }

    public Database database() {
        return infrastructure.database();
    }

    public String lastWords() {
        return processes.values().stream()
                .map(process -> process.name() + ":\n" + process.lastLines(25))
                .collect(Collectors.joining("\n\n"));
    }

    @Override
    public void close() {
        others.values().parallelStream().forEach(ChildProcess::close);
        processes.values().parallelStream().forEach(ChildProcess::close);
        infrastructure.close();
    }
}
