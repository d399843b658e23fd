package io.peerscope.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts the server on a cluster, under its lifeline script, and says when it takes connections. */
final class Postmaster {
    private static final Duration START_BOUND = Duration.ofMinutes(5); // replaying 2 GB of log after a crash
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    private static final long LOG_LIMIT = 10_000_000;

    private final PostgresHome home;
    private final PostgresCluster cluster;
    private final Consumer<String> progress;

    Postmaster(PostgresHome home, PostgresCluster cluster, Consumer<String> progress) {
        this.home = home;
        this.cluster = cluster;
        this.progress = progress;
    }

    Child start() throws InterruptedException {
        progress.accept("starting PostgreSQL…");
        try {
            new ClusterProcesses(home.cluster()).awaitNone(progress);
            rollLog();
            Process lifeline = new ProcessBuilder(ExternalCommand.ownSession(command()))
                    .directory(home.dataDir().toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(home.log().toFile()))
                    .start();
            Child child = new Child(lifeline, lifeline.toHandle());
            try {
                child = new Child(lifeline, postmasterOf(lifeline));
                awaitReady(child);
                return child;
            } catch (InterruptedException | IOException | RuntimeException failed) {
                child.stop();
                throw failed;
            }
        } catch (IOException e) {
            throw new EmbeddedStartException("PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script(), "postgres-lifeline"));
        command.addAll(home.user()
                .command(List.of(
                        cluster.program("postgres"), "-D", home.cluster().toString())));
        return command;
    }

    private static String script() throws IOException {
        try (InputStream in = Postmaster.class.getResourceAsStream("postgres-lifeline.sh")) {
            if (in == null) {
                throw new IOException("postgres-lifeline.sh is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ProcessHandle postmasterOf(Process lifeline) throws IOException {
        BufferedReader said = lifeline.inputReader(StandardCharsets.UTF_8);
        String pid = said.readLine();
        if (pid == null) {
            throw failure("PostgreSQL could not be started");
        }
        if (!pid.matches("\\d{1,18}")) {
            throw failure("PostgreSQL could not be started, it says \"%s\"".formatted(pid));
        }
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> failure("PostgreSQL stopped at once"));
    }

    private void awaitReady(Child child) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long told = begin;
        while (!isReady(child.pid())) {
            if (!child.process().isAlive()) {
                throw failure("PostgreSQL stopped while it was starting");
            }
            long now = System.nanoTime();
            if (now - begin > START_BOUND.toNanos()) {
                throw failure("PostgreSQL was not ready after " + START_BOUND.toSeconds() + " s");
            }
            if (now - told > PROGRESS_EVERY.toNanos()) {
                told = now;
                progress.accept("still starting PostgreSQL (%d s)…".formatted((now - begin) / 1_000_000_000));
            }
            Thread.sleep(20);
        }
    }

    /** As pg_ctl asks: the postmaster keeps its state in the eighth line of its pid file. */
    private boolean isReady(long pid) throws IOException {
        Path file = home.cluster().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    private void rollLog() throws IOException {
        if (Files.exists(home.log()) && Files.size(home.log()) > LOG_LIMIT) {
            Files.move(home.log(), home.log().resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private EmbeddedStartException failure(String what) {
        return new EmbeddedStartException(
                "%s. Its last words (more in %s):%n%s".formatted(what, home.log(), LogTail.of(home.log())));
    }
}
