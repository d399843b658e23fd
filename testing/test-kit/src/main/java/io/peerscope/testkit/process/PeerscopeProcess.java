package io.peerscope.testkit.process;

import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.FreePort;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Standalone as {@code ./run} starts it, without the agent and on free ports that stay the same over restarts, so that
 * clients, faults and checks find it again.
 */
public final class PeerscopeProcess implements AutoCloseable {
    private static final Duration START_BOUND = Duration.ofSeconds(120);
    private static final Pattern LOGIN = Pattern.compile("http\\S+/login#once=\\S+");

    private final Path data;
    private final int port = FreePort.any();
    private final int kafkaPort = FreePort.any();
    private final int postgresPort = FreePort.any();
    private ChildProcess process;
    private Duration readyAfter;

    private PeerscopeProcess(Path data) {
        this.data = data;
        this.process = launch();
        this.readyAfter = awaitReady();
    }

    /** Starts it and returns when every service says that it is ready. */
    public static PeerscopeProcess start(Path data) {
        return new PeerscopeProcess(data.toAbsolutePath());
    }

    private ChildProcess launch() {
        Path root = SourceTree.root();
        List<String> options = new ArrayList<>(List.of("-Xmx768m", "-XX:+UseParallelGC"));
        options.addAll(List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + root.resolve("deploy/standalone/target/classes.jsa"),
                "-Xlog:cds=off",
                "-Xshare:auto"));
        if (Runtime.version().feature() >= 24) {
            options.add("-Xlog:aot=off");
        }
        options.add("-Dpeerscope.broker=" + root.resolve("deploy/broker/target/lib"));
        options.add("-Dpeerscope.agent=" + root.resolve("host-agent/target/host-agent.jar"));
        List<String> arguments = List.of(
                "--data",
                data.toString(),
                "--no-agent",
                "--port",
                Integer.toString(port),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--postgres-port",
                Integer.toString(postgresPort));
        Path jar = SourceTree.built("deploy/standalone/target/quarkus-app/quarkus-run.jar");
        return ChildProcess.start("standalone", JavaCommand.of(options, jar, arguments), root, output());
    }

    private Duration awaitReady() {
        long begin = System.nanoTime();
        try (Health health = new Health()) {
            health.awaitReady(process, address(), START_BOUND);
        } catch (RuntimeException failed) {
            process.close();
            throw failed;
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Starts it again on the same data and ports; it must have ended. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("standalone is still running");
        }
        process = launch();
        readyAfter = awaitReady();
    }

    /** From the launch of the last start to its readiness. */
    public Duration readyAfter() {
        return readyAfter;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path data() {
        return data;
    }

    public Tokens tokens() {
        return new Tokens(data.resolve("credentials"));
    }

    /** @param name of a file in the data folder's credentials: admin, operator, viewer, fleet */
    public Api api(String name) {
        return new Api(address(), tokens().of(name));
    }

    /** The link that was printed at the last start; it signs in once. */
    public URI oneTimeLink() {
        Matcher links = LOGIN.matcher(read(output()));
        String newest = "";
        while (links.find()) {
            newest = links.group();
        }
        return URI.create(newest);
    }

    public Database database() {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/peerscope",
                "peerscope",
                read(data.resolve("postgres/postgres.password")).strip());
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    public ProcessHandle program() {
        return process.program();
    }

    /** The broker's JVM as it is now; another one after a supervised restart. */
    public ProcessHandle broker() {
        return handle(read(data.resolve("kafka/broker.pid")).split(" ", 2)[0]);
    }

    /** The postmaster as it is now; another one after a supervised restart. */
    public ProcessHandle postmaster() {
        return handle(
                read(cluster().resolve("postmaster.pid")).lines().findFirst().orElse(""));
    }

    /** Where root runs the tests the cluster may lie elsewhere, and a note says where. */
    private Path cluster() {
        Path note = data.resolve("postgres/pgdata-is-in.txt");
        return Files.exists(note) ? Path.of(read(note).strip()) : data.resolve("postgres/pgdata");
    }

    private static ProcessHandle handle(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .orElseThrow(() -> new IllegalStateException("no process " + pid));
    }

    /** {@code kill -9} of the JVM with all services. */
    public void kill() {
        process.kill();
    }

    /** What it printed and logged last, for a report of failure. */
    public String lastWords() {
        return "standalone printed:\n%s\nand logged:\n%s"
                .formatted(process.lastLines(30), ChildProcess.lastLines(data.resolve("logs/peerscope.log"), 60));
    }

    private Path output() {
        return data.resolve("logs/terminal.log");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Deletes a data folder that no process uses any more. */
    public static void deleteData(Path data) {
        try {
            EmbeddedPostgres.delete(data.resolve("postgres"));
            EmbeddedPostgres.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(data + " cannot be deleted", e);
        }
    }

    /** Stops it in order, within bounds. Idempotent. */
    @Override
    public void close() {
        process.close();
    }
}
