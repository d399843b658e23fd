package io.peerscope.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java Flight Recorder at work in another JVM; stopped and written to a file when this is closed. */
final class Recording implements AutoCloseable {
    private static final String NAME = "benchmark";
    /** Since Java 25 on Linux: {@code jfr view cpu-time-hot-methods}, native code included. */
    private static final int KNOWS_CPU_TIME = 25;

    private final ProcessHandle jvm;
    private final Path file;

    private Recording(ProcessHandle jvm, Path file) {
        this.jvm = jvm;
        this.file = file;
    }

    static Recording start(ProcessHandle jvm, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<String> start = new ArrayList<>(List.of("JFR.start", "name=" + NAME, "settings=profile"));
        if (Runtime.version().feature() >= KNOWS_CPU_TIME) {
            start.addAll(List.of("jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=5ms"));
        }
        jcmd(jvm, start);
        return new Recording(jvm, file.toAbsolutePath());
    }

    private static void jcmd(ProcessHandle jvm, List<String> arguments) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(program.toString(), Long.toString(jvm.pid())));
        command.addAll(arguments);
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("jcmd %s failed with %d".formatted(arguments.getFirst(), exit));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            jcmd(jvm, List.of("JFR.stop", "name=" + NAME, "filename=" + file));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
