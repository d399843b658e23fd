package io.peerscope.alert.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzing began with, and what was ever found by it: each a file of the folder that Jazzer reads, too. */
class CorpusTest {
    private static final String FOLDER = "SummariesFuzzTestInputs/";

    @ParameterizedTest
    @EnumSource(Target.class)
    void everyInputIsDecided(Target target) throws Exception {
        List<Path> inputs = inputs(target);
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            try {
                target.take(Files.readAllBytes(input));
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(input.getFileName() + ": " + failed.getMessage(), failed);
            }
        }
    }

    private static List<Path> inputs(Target target) throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(CorpusTest.class.getResource(FOLDER + method(target)));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }

    /** The method of {@link SummariesFuzzTest}: {@code NATIVE_JSON} is {@code nativeJson}. */
    private static String method(Target target) {
        String[] words = target.name().split("_");
        StringBuilder name = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].charAt(0)).append(words[i].substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
