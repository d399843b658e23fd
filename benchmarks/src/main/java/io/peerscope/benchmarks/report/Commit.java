package io.peerscope.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Which sources were measured. */
public record Commit(String id, boolean changedSince) {

    /** Of the checkout in a folder; {@code unknown} where that is none. */
    public static Commit of(Path folder) {
        String id = git(folder, "rev-parse", "--short=12", "HEAD");
        return new Commit(
                id.isEmpty() ? "unknown" : id,
                !git(folder, "status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String git(Path folder, String... arguments) {
        try {
            Process git = new ProcessBuilder(command(arguments))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = git.getInputStream()) {
                return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            return ""; // no git here
        }
    }

    private static List<String> command(String... arguments) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("git"), java.util.Arrays.stream(arguments))
                .toList();
    }

    @Override
    public String toString() {
        return changedSince ? id + " with changes" : id;
    }
}
