package io.peerscope.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Faults that come as signals. */
public final class Signals {
    private static final long GONE_BOUND_SECONDS = 10;

    private Signals() {}

    /** {@code kill -9}; returns when the process is gone. */
    public static void kill(ProcessHandle process) {
        send("KILL", List.of(process));
        try {
            process.onExit().orTimeout(GONE_BOUND_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("process " + process.pid() + " survived kill -9", e);
        }
    }

    /** Stops the clock for a process and all below it: their sockets stay open and nobody answers. */
    public static Paused pause(ProcessHandle process) {
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        send("STOP", tree);
        return new Paused(tree);
    }

    /** Processes that stand still until this is closed. */
    public record Paused(List<ProcessHandle> processes) implements AutoCloseable {
        @Override
        public void close() {
            send("CONT", processes.stream().filter(ProcessHandle::isAlive).toList());
        }
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("signal " + signal + " could not be sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
