package io.peerscope.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The program of README.md that listens to alerts. */
final class ReadmeListener {
    private static final Pattern PROGRAM =
            Pattern.compile("^```java\\n(.*?^class (\\w+) .*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private ReadmeListener() {}

    /** As it stands, in a file of its own. */
    static Path in(Path folder) {
        MatchResult program = PROGRAM.matcher(PageCommands.text("README.md"))
                .results()
                .findFirst()
                .orElseThrow();
        try {
            return Files.writeString(folder.resolve(program.group(2) + ".java"), program.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("the listener cannot be written", e);
        }
    }
}
