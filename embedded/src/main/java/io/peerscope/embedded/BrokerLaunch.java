package io.peerscope.embedded;

import io.peerscope.embedded.KafkaOptions.Passage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the broker's JVM on a data folder, and says when it is ready. */
final class BrokerLaunch {
    private static final Duration START_BOUND = Duration.ofSeconds(120); // log recovery after a crash takes its time
    private static final Duration ORPHAN_BOUND = Duration.ofSeconds(20);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private final Path dataDir;
    private final int port;
    private final Supplier<Quorum> quorum;
    private final String classpath;
    private final String heap;
    private final Consumer<String> progress;
    private final Optional<Passage> passage;

    private BrokerLaunch(
            Path dataDir,
            int port,
            Supplier<Quorum> quorum,
            String classpath,
            String heap,
            Consumer<String> progress,
            Optional<Passage> passage) {
        this.dataDir = dataDir;
        this.port = port;
        this.quorum = quorum;
        this.classpath = classpath;
        this.heap = heap;
        this.progress = progress;
        this.passage = passage;
    }

    /** @param quorum asked before every start */
    static BrokerLaunch prepare(Path dataDir, int port, Supplier<Quorum> quorum, KafkaOptions options)
            throws IOException {
        String brokerJars = absolute(options.classpath().orElseGet(BrokerLaunch::ownJars));
        Path launcher = launcherJar(dataDir);
        return new BrokerLaunch(
                dataDir,
                port,
                quorum,
                launcher + File.pathSeparator + brokerJars,
                options.heap(),
                options.progress(),
                options.passage());
    }

    /** The broker works in another folder than this JVM. */
    private static String absolute(String classpath) {
        return Stream.of(classpath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Jars only: class archives refuse folders, and the broker needs none of them. */
    private static String ownJars() {
        List<String> jars = Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .toList();
        if (jars.stream().noneMatch(jar -> Path.of(jar).getFileName().toString().startsWith("kafka_2.13-"))) {
            throw new EmbeddedStartException(
                    "The class path of this JVM has no kafka_2.13 jar: name the broker's jars with"
                            + " KafkaOptions.withClasspath.");
        }
        return String.join(File.pathSeparator, jars);
    }

    /**
     * A jar with the main class alone, so that the broker's JVM sees nothing of this program, whatever class loader this
     * program runs in. Written once, as its age is part of the class archive's validity.
     */
    private static Path launcherJar(Path dataDir) throws IOException {
        byte[] bytes;
        try (InputStream in = BrokerProcess.class.getResourceAsStream("BrokerProcess.class")) {
            if (in == null) {
                throw new IOException("BrokerProcess.class is missing from this program");
            }
            bytes = in.readAllBytes();
        }
        Path jar = dataDir.resolve("broker-launcher-%08x.jar".formatted(Arrays.hashCode(bytes)));
        if (!Files.exists(jar)) {
            Path fresh = dataDir.resolve("broker-launcher.jar.new");
            try (OutputStream out = Files.newOutputStream(fresh);
                    JarOutputStream writer = new JarOutputStream(out)) {
                writer.putNextEntry(new JarEntry(BrokerProcess.class.getName().replace('.', '/') + ".class"));
                writer.write(bytes);
                writer.closeEntry();
            }
            Files.move(fresh, jar);
        }
        return jar;
    }

    /** A broker whose parent was killed is on its way out; its data must not be opened before it has gone. */
    static void awaitOrphan(Path dataDir, Consumer<String> progress) throws IOException, InterruptedException {
        Optional<ProcessHandle> orphan = ProcessIdentity.read(pidFile(dataDir)).flatMap(ProcessIdentity::alive);
        if (orphan.isEmpty()) {
            return;
        }
        progress.accept("waiting for the Kafka of an earlier run to stop…");
        try {
            orphan.get().onExit().get(ORPHAN_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            orphan.get().destroyForcibly();
            orphan.get().onExit().join();
        }
    }

    Child start() throws InterruptedException {
        progress.accept("starting Kafka…");
        try {
            BrokerConfig config = new BrokerConfig(dataDir, port, quorum.get(), passage);
            boolean usedBefore = config.isFormatted();
            Files.writeString(dataDir.resolve("broker.properties"), config.properties());
            Files.writeString(dataDir.resolve("log4j2.properties"), config.logging());
            Process process = new ProcessBuilder(ExternalCommand.ownSession(command(config, usedBefore)))
                    .directory(dataDir.toFile())
                    .redirectError(errorFile().toFile())
                    .start();
            Child child = new Child(process, process.toHandle());
            try {
                ProcessIdentity.of(process.toHandle()).write(pidFile(dataDir));
                awaitReady(child);
                return child;
            } catch (InterruptedException | IOException | RuntimeException failed) {
                child.kill();
                throw failed;
            }
        } catch (IOException e) {
            throw new EmbeddedStartException("Kafka could not be started: " + e.getMessage(), e);
        }
    }

    private List<String> command(BrokerConfig config, boolean usedBefore) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.options());
        command.addAll(List.of(heap.strip().split("\\s+")));
        // Measured with a heap this small: 50 MB less resident than G1 for the same CPU. An out-of-memory broker must
        // die to be started again.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto"));
        command.addAll(
                List.of("-Xlog:disable", "-Xlog:all=error:stderr")); // archive warnings would fill the error file
        if (usedBefore) {
            // Halves the start. Writing the archive costs a second at the stop, which a storage used once never repays.
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=" + dataDir.resolve("broker-classes.jsa"));
        }
        if (Runtime.version().feature() >= 24) {
            // --enable-native-access would say it more exactly, but makes the JVM give up part of its class archive
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--illegal-native-access=allow"));
        }
        command.add("-Djava.awt.headless=true");
        command.add("-Dlog4j2.configurationFile=" + dataDir.resolve("log4j2.properties"));
        command.add("-Dlog4j2.shutdownHookEnabled=false");
        if (classpath.contains("log4j-slf4j2-impl")) {
            command.add("-Dslf4j.internal.verbosity=WARN");
            command.add("-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider"); // of several, this one
        }
        command.addAll(List.of("-cp", classpath, BrokerProcess.class.getName()));
        command.add(dataDir.resolve("broker.properties").toString());
        command.add(config.quorum().clusterId());
        return command;
    }

    private void awaitReady(Child child) throws InterruptedException {
        long begin = System.nanoTime();
        CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> saysReady(child.process()));
        while (true) {
            try {
                if (ready.get(PROGRESS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                child.process().waitFor(5, TimeUnit.SECONDS);
                throw failure("Kafka stopped while it was starting");
            } catch (TimeoutException notYet) {
                Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                if (waited.compareTo(START_BOUND) > 0) {
                    throw failure("Kafka was not ready after " + waited.toSeconds() + " s");
                }
                progress.accept("still starting Kafka (%d s)…".formatted(waited.toSeconds()));
            } catch (ExecutionException unreadable) {
                throw failure("Kafka cannot be heard: " + unreadable.getCause());
            }
        }
    }

    /** True at the word, false at the end of the stream. */
    private static boolean saysReady(Process process) {
        try {
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            String line = said.readLine();
            while (line != null && !line.equals(BrokerProcess.READY)) {
                line = said.readLine();
            }
            return line != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedStartException failure(String what) {
        String lastLines = Stream.of(LogTail.of(dataDir.resolve(BrokerConfig.LOG_FILE)), LogTail.of(errorFile()))
                .filter(tail -> !tail.isBlank())
                .collect(Collectors.joining("\n"));
        return new EmbeddedStartException("%s. Its last words (more in %s):%n%s".formatted(what, dataDir, lastLines));
    }

    private static Path pidFile(Path dataDir) {
        return dataDir.resolve("broker.pid");
    }

    private Path errorFile() {
        return dataDir.resolve("broker.err");
    }
}
