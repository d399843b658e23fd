package io.peerscope.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Files under {@code src/test/resources/golden}: what other versions of Peerscope have written, and will go on reading.
 * A change of a golden file is a change of the wire; {@code -Dgolden.update=true} writes them anew, for review.
 */
public final class Golden {
    private static final int BYTES_A_LINE = 32;

    private Golden() {}

    public static String text(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name).replaceAll("\\s", ""));
    }

    public static void assertText(String name, String actual) {
        if (Boolean.getBoolean("golden.update")) {
            write(name, actual);
        } else {
            assertThat(actual).as("golden file %s", name).isEqualTo(text(name));
        }
    }

    public static void assertBytes(String name, byte[] actual) {
        StringBuilder hex = new StringBuilder();
        for (int at = 0; at < actual.length; at += BYTES_A_LINE) {
            hex.append(HexFormat.of().formatHex(actual, at, Math.min(actual.length, at + BYTES_A_LINE)))
                    .append('\n');
        }
        assertText(name, hex.toString());
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(Path.of("src/test/resources/golden", name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
