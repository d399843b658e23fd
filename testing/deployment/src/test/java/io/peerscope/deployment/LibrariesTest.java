package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is packed with a service: of some libraries nothing older, whatever a dependency asks for. */
class LibrariesTest {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*)(?:[.-].*)?\\.jar");

    /**
     * Why each: Kafka's fix of KAFKA-19012 (a producer's records in another topic); Jackson's of the number lengths that its
     * asynchronous and data-input readers did not limit; lz4 by the maintainers who fixed reading out of bounds.
     */
    private static final Map<String, String> FLOORS = Map.of(
            "org.apache.kafka.kafka-clients", "4.2.1",
            "com.fasterxml.jackson.core.jackson-core", "2.21.2",
            "io.netty.netty-codec-http", "4.1.132",
            "at.yawk.lz4.lz4-java", "1.10.1");

    static Stream<String> services() {
        return KnownSettings.services().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void nothingIsOlderThanItsFloor(String service) throws IOException {
        List<Matcher> jars;
        try (Stream<Path> files = Files.list(SourceTree.built(service + "/target/quarkus-app/lib/main"))) {
            jars = files.map(file -> JAR.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .toList();
        }
        assertThat(jars)
                .extracting(jar -> jar.group(1))
                .doesNotContain("org.lz4.lz4-java")
                .containsAll(FLOORS.keySet());
        assertThat(jars)
                .filteredOn(jar -> FLOORS.containsKey(jar.group(1)))
                .allMatch(
                        jar -> Arrays.compare(parts(jar.group(2)), parts(FLOORS.getOrDefault(jar.group(1), "0"))) >= 0);
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
