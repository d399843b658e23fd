package io.peerscope.standalone;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code ./run} takes. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts Peerscope with a Kafka broker and a PostgreSQL of its own.",
        footer = "Stop it with Ctrl-C. Data stays in the data folder.")
public final class Options {
    private static final int DEMO_HOSTS = 24;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of everything (default: 8080)")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: 127.0.0.1, this machine only)")
    private String bind = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where data lives (default: ./data)")
    private Path data = Path.of("data");

    @Option(names = "--ephemeral", description = "Use a temporary data folder and delete it at the end")
    private boolean ephemeral;

    @Option(
            names = "--demo",
            paramLabel = "HOSTS",
            arity = "0..1",
            fallbackValue = "" + DEMO_HOSTS,
            description =
                    "Add a simulated network of so many hosts (default: " + DEMO_HOSTS + "), labelled as simulated")
    private @Nullable Integer demoHosts;

    @Option(names = "--no-agent", description = "Do not measure this machine")
    private boolean withoutAgent;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the Kafka broker (default: a free one)")
    private int kafkaPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of PostgreSQL (default: a free one)")
    private int postgresPort;

    @Option(names = "--plain-postgres", description = "Do without TimescaleDB even where it can be had")
    private boolean plainPostgres;

    public int port() {
        return port;
    }

    public String bind() {
        return bind;
    }

    public Path data() {
        return data;
    }

    public boolean ephemeral() {
        return ephemeral;
    }

    public OptionalInt demoHosts() {
        return demoHosts == null ? OptionalInt.empty() : OptionalInt.of(demoHosts);
    }

    public boolean agent() {
        return !withoutAgent;
    }

    public int kafkaPort() {
        return kafkaPort;
    }

    public int postgresPort() {
        return postgresPort;
    }

    public boolean plainPostgres() {
        return plainPostgres;
    }
}
