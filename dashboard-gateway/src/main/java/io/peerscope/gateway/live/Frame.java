package io.peerscope.gateway.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerscope.contracts.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One JSON object on its way to browsers: written once, and packed at most once, for every connection that gets it. Thread-safe. */
public final class Frame {
    /** Below this a packet on the wire is hardly shorter for it. */
    private static final int WORTH_PACKING = 2048;

    private final String text;
    private final int bytes;
    private volatile byte @Nullable [] packed;

    private Frame(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8).length;
    }

    static Frame of(String text) {
        return new Frame(text);
    }

    public static Frame of(Object content) {
        return of(json(content));
    }

    static String json(Object content) {
        try {
            return Json.mapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + content.getClass().getName() + " as JSON", e);
        }
    }

    public String text() {
        return text;
    }

    /** Its size in UTF-8. */
    public int bytes() {
        return bytes;
    }

    /** The same in gzip; empty where that is not worth it. The array is shared: not to be written to. */
    public Optional<byte[]> packed() {
        if (bytes < WORTH_PACKING) {
            return Optional.empty();
        }
        byte[] known = packed;
        if (known == null) {
            known = pack();
            packed = known; // made twice by two who come at once, which does no harm
        }
        return Optional.of(known);
    }

    private byte[] pack() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes / 4);
        try (GZIPOutputStream gzip = new Quick(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Quick extends GZIPOutputStream {
        private Quick(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
