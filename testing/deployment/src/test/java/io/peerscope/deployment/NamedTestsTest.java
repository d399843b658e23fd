package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages call a proof is there. */
class NamedTestsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Path ROOT = SourceTree.root();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "SECURITY.md", "docs/promises.md", "docs/production.md"})
    void everyTestThatIsNamedExists(String page) throws IOException {
        Set<String> known;
        try (Stream<Path> files = Files.walk(ROOT)) {
            known = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(NAME.matcher(Node.text(ROOT.resolve(page))).results().map((MatchResult match) -> match.group(1)))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "SECURITY.md",
                "docs/promises.md",
                "docs/production.md",
                "docs/troubleshooting.md",
                "docs/scaling.md",
                "deploy/kubernetes/README.md",
                "deploy/compose/README.md"
            })
    void everyFileThatIsLinkedExists(String page) {
        Path file = ROOT.resolve(page);
        assertThat(LINK.matcher(Node.text(file)).results().map(match -> match.group(1)))
                .filteredOn(link -> !link.startsWith("http"))
                .allMatch(link -> Files.exists(file.resolveSibling(link)));
    }
}
