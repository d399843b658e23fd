package io.peerscope.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The PostgreSQL processes that still work on a cluster nobody watches any more: a postmaster whose parent was killed, or
 * the backends of a postmaster that was killed itself. A new postmaster must wait for them: they write to the same files.
 */
final class ClusterProcesses {
    private static final Duration GO_BY_THEMSELVES = Duration.ofSeconds(16); // just over what the lifeline script takes
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Path cluster;

    ClusterProcesses(Path cluster) {
        this.cluster = cluster;
    }

    void awaitNone(Consumer<String> progress) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        boolean told = false;
        for (List<ProcessHandle> left = running(); !left.isEmpty(); left = running()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (!told && waited.toMillis() > 1_000) {
                progress.accept("waiting for the PostgreSQL of an earlier run to stop…");
                told = true;
            }
            if (waited.compareTo(BOUND) > 0) {
                throw new EmbeddedStartException(
                        "Processes of an earlier PostgreSQL still use %s and cannot be stopped: %s"
                                .formatted(
                                        cluster,
                                        left.stream().map(ProcessHandle::pid).toList()));
            }
            if (waited.compareTo(GO_BY_THEMSELVES) > 0) {
                left.forEach(ProcessHandle::destroyForcibly); // the next start recovers, as after any crash
            }
            Thread.sleep(50);
        }
    }

    /** Every process of a cluster has the cluster's folder for its working directory. */
    private List<ProcessHandle> running() throws IOException {
        if (!Files.exists(Path.of("/proc/self/cwd"))) {
            return postmaster().stream().toList();
        }
        Path folder = cluster.toRealPath();
        return ProcessHandle.allProcesses()
                .filter(process -> worksIn(folder, process.pid()))
                .toList();
    }

    private static boolean worksIn(Path folder, long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(folder) && isPostgres(pid);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    /** Somebody's shell may stand in that folder too. Backends rename themselves, but always to "postgres: …". */
    private static boolean isPostgres(long pid) throws IOException {
        String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        return commandLine.startsWith("postgres:") || commandLine.contains("/postgres");
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(pid -> pid.matches("\\d+"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().command().orElse("").contains("postgres"));
        }
    }
}
