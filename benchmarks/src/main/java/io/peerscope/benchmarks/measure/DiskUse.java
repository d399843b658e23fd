package io.peerscope.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a folder occupies; files with holes count as what is in them. */
public final class DiskUse {
    private static final int KIBIBYTE = 1024;

    private DiskUse() {}

    /** By {@code du}, because Java is not told of holes. */
    public static long bytes(Path folder) throws IOException {
        Process du = new ProcessBuilder("du", "-sk", folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = du.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return KIBIBYTE * Long.parseLong(said.split("\\s", 2)[0]);
        }
    }
}
