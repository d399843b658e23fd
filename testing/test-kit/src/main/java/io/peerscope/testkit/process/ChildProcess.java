package io.peerscope.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that goes when this JVM goes, however it goes; what it prints is kept in a file. */
public final class ChildProcess implements AutoCloseable {
    /** Longer than the lifeline script grants before it kills. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(35);

    private final String name;
    private final Process lifeline;
    private final ProcessHandle program;
    private final Path log;

    private ChildProcess(String name, Process lifeline, ProcessHandle program, Path log) {
        this.name = name;
        this.lifeline = lifeline;
        this.program = program;
        this.log = log;
    }

    /** @param log what it prints is appended there */
    public static ChildProcess start(String name, List<String> command, Path folder, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            List<String> whole = new ArrayList<>(List.of("sh", "-c", script(), "lifeline", log.toString()));
            whole.addAll(command);
            Process lifeline = new ProcessBuilder(whole)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String pid = lifeline.inputReader(StandardCharsets.UTF_8).readLine();
            if (pid == null) {
                throw new IllegalStateException(name + " could not be started");
            }
            ProcessHandle program = ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow(() -> new IllegalStateException(name + " ended at once:\n" + lastLines(log, 30)));
            return new ChildProcess(name, lifeline, program, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    private static String script() throws IOException {
        try (InputStream in = ChildProcess.class.getResourceAsStream("lifeline.sh")) {
            if (in == null) {
                throw new IOException("lifeline.sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public String name() {
        return name;
    }

    public ProcessHandle program() {
        return program;
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    /** The end of what it has printed. */
    public String lastLines(int count) {
        return lastLines(log, count);
    }

    static String lastLines(Path log, int count) {
        try {
            List<String> lines = Files.exists(log)
                    ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e.getMessage();
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        Signals.kill(program);
    }

    /** Asks it to stop, and has it killed when it does not within half a minute. Idempotent. */
    @Override
    public void close() {
        try {
            lifeline.getOutputStream().close();
        } catch (IOException gone) {
            // the script has ended already
        }
        try {
            if (!lifeline.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                program.destroyForcibly();
                lifeline.destroyForcibly();
            }
        } catch (InterruptedException e) {
            program.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
