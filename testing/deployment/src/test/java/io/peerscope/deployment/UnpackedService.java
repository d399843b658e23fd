package io.peerscope.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.embedded.FreePort;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.Health;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service of an image, started by the image's own loader and libraries: as in a container, but without the rights that one
 * needs. It has neither Kafka nor database, and is alive all the same.
 */
final class UnpackedService implements AutoCloseable {
    private final ChildProcess process;
    private final URI address;
    private final long begun = System.nanoTime();

    private UnpackedService(ChildProcess process, int port) {
        this.process = process;
        this.address = URI.create("http://127.0.0.1:" + port);
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
        ChildProcess process =
                ChildProcess.start("the unpacked service", command, folder, folder.resolve("service.log"));
        return new UnpackedService(process, port);
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
    Duration live(Duration bound) {
        try (Health health = new Health()) {
            health.awaitLive(process, address, bound);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        process.close();
    }
}
