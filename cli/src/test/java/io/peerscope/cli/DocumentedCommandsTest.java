package io.peerscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.cli.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that a page shows is understood as it stands. That they work is for the stories to prove. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");

    static Stream<String> commands() throws IOException {
        return Stream.of("README.md", "docs/troubleshooting.md", "docs/scaling.md", "deploy/kubernetes/README.md")
                .flatMap(page -> lines(ROOT.resolve(page)))
                .map(line -> line.replaceFirst("^\\./", "").replaceFirst("\\s+# .*", ""))
                .filter(line -> line.startsWith("peerscope "))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String command) {
        List<String> words = List.of(command.split("\\s+"));
        assertThat(Commands.line(InstantSource.system())
                        .parseArgs(words.subList(1, words.size()).toArray(String[]::new))
                        .hasSubcommand())
                .isTrue();
    }

    @Test
    void pagesShowMostOfThem() throws IOException {
        assertThat(commands().map(command -> command.split(" ")[1]))
                .contains(
                        "doctor",
                        "verify-metrics",
                        "test-alert",
                        "test-notification",
                        "test-loss",
                        "check-websocket",
                        "trace",
                        "rules",
                        "backup",
                        "restore",
                        "cleanup",
                        "replay-dlq",
                        "begin-anew",
                        "verify-audit",
                        "capacity");
    }

    private static Stream<String> lines(Path page) {
        try {
            return Files.readAllLines(page).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
