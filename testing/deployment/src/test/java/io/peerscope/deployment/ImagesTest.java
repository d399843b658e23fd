package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each image, made, unpacked, looked at, and started with its own JVM, C library and cache of classes. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(min = JRE.JAVA_25)
class ImagesTest {
    private static final Path FOLDER = SourceTree.root().resolve("deploy/images");
    private static final long MOST_BYTES = 300L << 20;
    private static final Duration START_BOUND = Duration.ofSeconds(90);

    static Stream<String> services() {
        return KnownSettings.services().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void holdsWhatTheServiceNeedsAndNothingToPlayWith(String service, @TempDir Path folder)
            throws IOException, InterruptedException {
        SourceTree.built(service + "/target/quarkus-app/quarkus-run.jar");
        run(FOLDER.resolve("build").toString(), "--version", "test", service);
        Path archive = FOLDER.resolve("target/" + service + "-test.tar");
        long bytes = Files.size(archive);
        assertThat(bytes).isLessThan(MOST_BYTES);
        unpack(archive, folder);
        Files.delete(archive);

        JsonNode manifest =
                Json.mapper().readTree(folder.resolve("manifest.json").toFile()).path(0);
        JsonNode image = Json.mapper()
                .readTree(folder.resolve(manifest.path("Config").asText()).toFile());
        assertThat(manifest.at("/RepoTags/0").asText()).isEqualTo("peerscope/" + service + ":test");
        assertThat(image.at("/config/User").asText()).isEqualTo("10001:10001");
        assertThat(image.at("/config/Entrypoint").toString()).contains("-XX:+UseCompactObjectHeaders");
        Path root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < manifest.path("Layers").size(); i++) {
            Path layer = folder.resolve(manifest.path("Layers").path(i).asText());
            assertThat("sha256:" + Sha256.of(layer))
                    .isEqualTo(image.at("/rootfs/diff_ids").path(i).asText());
            unpack(layer, root);
        }
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain("sh", "bash", "busybox", "apt-get", "javac", "id_rsa", ".env");
        }
        try (Stream<Path> files = Files.walk(root.resolve("opt"))) {
            assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
                    .allMatch(file -> !permissions(file).endsWith("w-")
                            && !permissions(file).endsWith("wx"));
        }
        try (UnpackedService started = UnpackedService.start(root, image.at("/config/Entrypoint"), folder)) {
            Duration plain = started.live(START_BOUND);
            System.out.printf("%s: %d MB, alive after %.1f s%n", service, bytes >> 20, plain.toMillis() / 1000.0);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
        run("tar", "--extract", "--no-same-owner", "--file", archive.toString(), "--directory", folder.toString());
    }

    private static String permissions(Path file) {
        try {
            return java.nio.file.attribute.PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
