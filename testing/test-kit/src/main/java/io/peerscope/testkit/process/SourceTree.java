package io.peerscope.testkit.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout these tests run in: processes under test are what its build has left. */
public final class SourceTree {
    private SourceTree() {}

    /** The folder of {@code ./run}. */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("run")) && Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " does not lie in a checkout of Peerscope");
    }

    /** @throws IllegalStateException saying how to build it, when it is missing */
    public static Path built(String path) {
        return built(root(), path);
    }

    /** The same in another checkout. */
    static Path built(Path checkout, String path) {
        Path file = checkout.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing: build with ./mvnw package -DskipTests");
        }
        return file;
    }
}
