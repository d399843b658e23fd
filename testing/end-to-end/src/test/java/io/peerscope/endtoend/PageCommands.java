package io.peerscope.endtoend;

import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of a page, as somebody copies them into a terminal: run as they stand, but for ports. */
final class PageCommands {
    private static final String ADDRESS = "http://127.0.0.1:8080";

    private final PeerscopeProcess peerscope;
    private final List<String> blocks;
    private final Path folder;

    /**
     * @param page its path from the root of the sources
     * @param language that is behind the fence of the blocks; empty where they have none
     */
    PageCommands(PeerscopeProcess peerscope, String page, String language) {
        this.peerscope = peerscope;
        this.blocks = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        this.folder = checkout();
    }

    List<String> blocks() {
        return blocks;
    }

    /** The only block that contains this text. */
    String block(String containing) {
        List<String> found =
                blocks.stream().filter(block -> block.contains(containing)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("%d blocks contain %s".formatted(found.size(), containing));
        }
        return found.getFirst();
    }

    /** What the block prints. It stops at the first command that fails, and so does this. */
    String run(String block) {
        Database database = peerscope.database();
        ProcessBuilder bash = new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                block.replace(ADDRESS, peerscope.address().toString()));
        bash.environment()
                .putAll(Map.of(
                        "PEERSCOPE_URL", peerscope.address().toString(),
                        "PEERSCOPE_KAFKA_BOOTSTRAP_SERVERS", peerscope.bootstrapServers(),
                        "PEERSCOPE_DATABASE", database.jdbcUrl()));
        try {
            Process process =
                    bash.directory(folder.toFile()).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(block + "\nfailed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("bash cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Looks like the sources after {@code ./run}: its data folder is the process's. */
    private Path checkout() {
        try {
            Path made = Files.createTempDirectory("page");
            Files.createSymbolicLink(made.resolve("data"), peerscope.data());
            for (String part : List.of("peerscope", "deploy")) {
                Files.createSymbolicLink(made.resolve(part), SourceTree.root().resolve(part));
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder to work in", e);
        }
    }

    static String text(String page) {
        try {
            return Files.readString(SourceTree.root().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(page + " cannot be read", e);
        }
    }
}
