package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bill of materials of each image: nothing is packed that it does not name, as the file that it is. */
class SbomTest {
    private static final Path TOOL = SourceTree.root().resolve("deploy/images/Sbom.java");

    static Stream<String> services() {
        return KnownSettings.services().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void namesEveryJarByHashAndEveryLibraryByCoordinatesAndLicence(String service) throws Exception {
        Path app = SourceTree.built(service + "/target/quarkus-app");
        JsonNode bill = bill(service, app);

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.path("specVersion").asText()).isEqualTo("1.6");
        Map<String, String> named = new HashMap<>();
        for (JsonNode component : bill.path("components")) {
            String hash = component.at("/hashes/0/content").asText();
            if (component.path("type").asText().equals("library")) {
                named.put(component.path("purl").asText(), hash);
                licensed(component);
            } else if (component.path("type").asText().equals("file")) {
                named.put(component.path("name").asText(), hash);
            }
        }
        assertThat(Set.copyOf(named.values())).isEqualTo(hashes(app));
        assertThat(named.keySet().stream().filter(name -> !name.startsWith("pkg:maven/")))
                .containsExactlyInAnyOrder(
                        app.relativize(own(app)).toString(),
                        "quarkus-run.jar",
                        "quarkus/generated-bytecode.jar",
                        "quarkus/transformed-bytecode.jar");
        assertThat(named).containsKey("pkg:maven/org.apache.kafka/kafka-clients@4.2.1");
    }

    /** Each by an id of SPDX or by a name. */
    private static void licensed(JsonNode library) {
        assertThat(StreamSupport.stream(library.path("licenses").spliterator(), false)
                        .map(one -> one.at("/license/id").asText()
                                + one.at("/license/name").asText()))
                .as(library.toString())
                .isNotEmpty()
                .doesNotContain("");
    }

    private static Path own(Path app) throws IOException {
        try (Stream<Path> files = Files.list(app.resolve("app"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Set<String> hashes(Path app) throws IOException {
        try (Stream<Path> files = Files.walk(app)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Sha256::of)
                    .collect(Collectors.toSet());
        }
    }

    private static JsonNode bill(String service, Path app) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        TOOL.toString(),
                        service,
                        "test",
                        app.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Json.mapper().readTree(said);
    }
}
