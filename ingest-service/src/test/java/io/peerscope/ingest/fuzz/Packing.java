package io.peerscope.ingest.fuzz;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/** How a sender packs a body, so that mutations reach what is inside. */
enum Packing {
    PLAIN,
    GZIP,
    ZSTD,
    SNAPPY;

    /** As the header says it. */
    Optional<String> encoding() {
        return switch (this) {
            case PLAIN -> Optional.empty();
            case GZIP -> Optional.of("gzip");
            case ZSTD -> Optional.of("zstd");
            case SNAPPY -> Optional.of("snappy");
        };
    }

    byte[] pack(byte[] body) {
        try {
            return switch (this) {
                case PLAIN -> body;
                case GZIP -> gzip(body);
                case ZSTD -> Zstd.compress(body);
                case SNAPPY -> Snappy.compress(body);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(body);
        }
        return bytes.toByteArray();
    }
}
