package io.peerscope.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The service of an image, started by the image's own loader and libraries: as in a container, but without the rights that one
 * needs. It has neither Kafka nor database, and is alive all the same.
 */
final class UnpackedService implements AutoCloseable {
    private final Process process;
    private final URI health;
    private final Path log;
    private final long begun = System.nanoTime();

    private UnpackedService(Process process, int port, Path log) {
        this.process = process;
        this.health = URI.create("http://127.0.0.1:" + port + "/q/health/live");
        this.log = log;
    }

    /**
     * @param root the layers, unpacked
     * @param entrypoint of the image
     * @param folder for its log and its state
     */
    static UnpackedService start(Path root, JsonNode entrypoint, Path folder) throws IOException {
        int port = FreePort.any();
        List<String> command = new ArrayList<>(List.of(
                find(root, "ld-linux").toString(),
                "--library-path",
                find(root, "libc.so").getParent() + ":" + root.resolve("opt/java/lib")));
        entrypoint.forEach(word -> {
            if (word.asText().equals("-jar")) {
                command.addAll(settings(port, folder));
            }
            command.add(word.asText().replace("/opt/", root.resolve("opt") + "/"));
        });
        Path log = folder.resolve("service.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new UnpackedService(process, port, log);
    }

    private static List<String> settings(int port, Path folder) {
        return List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dpeerscope.kafka.bootstrap-servers=127.0.0.1:1",
                "-Dpeerscope.kafka.state-dir=" + folder.resolve("state"),
                "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/none");
    }

    private static Path find(Path root, String beginning) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** How long it took until it said that it lives. */
    Duration live(Duration bound) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(bound)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("it ended", () -> !process.isAlive())
                    .until(() -> answers(http));
        } catch (RuntimeException failed) {
            throw new AssertionError(Files.readString(log), failed);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(health)
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
