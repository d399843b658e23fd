package io.peerscope.house.hostile;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a fuzz test began with, and what was ever found by it: each a file of the folder that Jazzer reads, too. */
public final class Corpus {
    private Corpus() {}

    /**
     * Every input of a target, without Jazzer and its agent.
     *
     * @param fuzzTest has a method for the target: {@code nativeJson} for {@code NATIVE_JSON}
     * @param take fails where the target does not do with an input what it promises
     * @throws AssertionError with the file that failed, or where there is none
     */
    public static void isTaken(Class<?> fuzzTest, Enum<?> target, Consumer<byte[]> take) throws IOException {
        List<Path> inputs = inputs(fuzzTest, fuzzTest.getSimpleName() + "Inputs/" + method(target));
        if (inputs.isEmpty()) {
            throw new AssertionError(target + " has no inputs");
        }
        for (Path input : inputs) {
            try {
                take.accept(Files.readAllBytes(input));
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(input.getFileName() + ": " + failed.getMessage(), failed);
            }
        }
    }

    private static List<Path> inputs(Class<?> fuzzTest, String folder) throws IOException {
        URL found = fuzzTest.getResource(folder);
        if (found == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
            return files.sorted().toList();
        } catch (URISyntaxException e) {
            throw new IOException("cannot look into " + found, e);
        }
    }

    private static String method(Enum<?> target) {
        String[] words = target.name().split("_");
        StringBuilder name = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].charAt(0)).append(words[i].substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
