package io.peerscope.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program to its end and keeps what it said on both its streams. */
final class ExternalCommand {
    private ExternalCommand() {}

    record Outcome(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }
    }

    static Outcome run(List<String> command, Path workDir, Duration bound) throws IOException, InterruptedException {
        return run(command, workDir, "", bound);
    }

    static Outcome run(List<String> command, Path workDir, String input, Duration bound)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workDir.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> textOf(process));
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedEarly) {
                // its exit code and output tell why
            }
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome(-1, command.getFirst() + " was not done after " + bound.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), output.get());
        } catch (ExecutionException unreadable) {
            return new Outcome(process.exitValue(), String.valueOf(unreadable.getCause()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String textOf(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program's file on the PATH, or where the system's own programs are. */
    static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The command in a session of its own where the system has {@code setsid}: Ctrl-C at the terminal then reaches only
     * this JVM, which stops its services before what they stand on.
     */
    static List<String> ownSession(List<String> command) {
        return find("setsid")
                .map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.stream())
                        .toList())
                .orElse(command);
    }
}
