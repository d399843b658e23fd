package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a newcomer copies out of README.md: run as it stands, but for the port. */
final class ReadmeCommands {
    private static final Pattern FENCE = Pattern.compile("^```\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PROGRAM =
            Pattern.compile("^```java\\n(.*?^class (\\w+) .*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String ADDRESS = "http://127.0.0.1:8080";

    private final PeerscopeProcess peerscope;
    private final List<String> blocks;

    ReadmeCommands(PeerscopeProcess peerscope) {
        this.peerscope = peerscope;
        this.blocks = FENCE.matcher(readme())
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains("curl "))
                .toList();
    }

    /** Runs the only block that contains this text and gives what it prints. */
    String run(String containing) {
        List<String> found =
                blocks.stream().filter(block -> block.contains(containing)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("README.md has %d blocks with %s".formatted(found.size(), containing));
        }
        return bash(found.getFirst().replace(ADDRESS, peerscope.address().toString()));
    }

    /** In a folder whose {@code data} is the process's, as for someone who has just called {@code ./run}. */
    private String bash(String script) {
        try {
            Path folder = Files.createTempDirectory("readme");
            Files.createSymbolicLink(folder.resolve("data"), peerscope.data());
            Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + "\nfailed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("bash cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The program of the README, in a file of its own. */
    static Path listener(Path folder) {
        MatchResult program = PROGRAM.matcher(readme()).results().findFirst().orElseThrow();
        try {
            return Files.writeString(folder.resolve(program.group(2) + ".java"), program.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("the listener cannot be written", e);
        }
    }

    private static String readme() {
        try {
            return Files.readString(SourceTree.root().resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException("README.md cannot be read", e);
        }
    }
}
