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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An image, made, unpacked, looked at, and its JVM run with its own C library. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(min = JRE.JAVA_25)
class ImagesTest {
    private static final Path FOLDER = SourceTree.root().resolve("deploy/images");
    private static final long MOST_BYTES = 300L << 20;

    @Test
    void holdsWhatTheServiceNeedsAndNothingToPlayWith(@TempDir Path folder) throws IOException, InterruptedException {
        SourceTree.built("ingest-service/target/quarkus-app/quarkus-run.jar");
        run(FOLDER.resolve("build").toString(), "--version", "test", "--no-aot", "ingest-service");
        Path archive = FOLDER.resolve("target/ingest-service-test.tar");
        assertThat(Files.size(archive)).isLessThan(MOST_BYTES);
        unpack(archive, folder);
        Files.delete(archive);

        JsonNode manifest =
                Json.mapper().readTree(folder.resolve("manifest.json").toFile()).path(0);
        JsonNode image = Json.mapper()
                .readTree(folder.resolve(manifest.path("Config").asText()).toFile());
        assertThat(manifest.at("/RepoTags/0").asText()).isEqualTo("peerscope/ingest-service:test");
        assertThat(image.at("/config/User").asText()).isEqualTo("10001:10001");
        assertThat(image.at("/config/Entrypoint").toString()).contains("-XX:+UseCompactObjectHeaders");
        Path root = Files.createDirectory(folder.resolve("root"));
        for (int i = 0; i < manifest.path("Layers").size(); i++) {
            Path layer = folder.resolve(manifest.path("Layers").path(i).asText());
            assertThat("sha256:" + sha256(layer))
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
        assertThat(javaOf(root, "-version")).contains("25");
    }

    @Test
    void theBillOfMaterialsNamesEveryJar() throws IOException, InterruptedException {
        Path libraries = SourceTree.built("ingest-service/target/quarkus-app/quarkus-run.jar")
                .resolveSibling("lib");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        JsonNode bill = Json.mapper()
                .readTree(run(
                        java, FOLDER.resolve("Sbom.java").toString(), "ingest-service", "test", libraries.toString()));
        try (Stream<Path> files = Files.walk(libraries)) {
            long jars = files.filter(file -> file.toString().endsWith(".jar")).count();
            assertThat(bill.path("components").size()).isEqualTo((int) jars + 1);
        }
        assertThat(bill.path("specVersion").asText()).isEqualTo("1.6");
        assertThat(bill.path("components").toString()).contains("pkg:maven/org.apache.kafka/kafka-clients@4.2.1");
    }

    /** By the image's own loader and libraries, as in a container, but without needing the rights to make one. */
    private static String javaOf(Path root, String argument) throws IOException, InterruptedException {
        Path loader;
        Path library;
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.toList();
            loader = named(all, "ld-linux");
            library = named(all, "libc.so").getParent();
        }
        return run(
                loader.toString(),
                "--library-path",
                library + ":" + root.resolve("opt/java/lib"),
                root.resolve("opt/java/bin/java").toString(),
                argument);
    }

    private static Path named(List<Path> files, String beginning) {
        return files.stream()
                .filter(file -> file.getFileName().toString().startsWith(beginning))
                .findFirst()
                .orElseThrow();
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

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
