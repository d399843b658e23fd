package io.peerscope.ingest.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * How a body is packed. Unpacking stops at the limit, so a bomb costs no more than an honest body of that size; a cap on
 * the ratio besides would refuse honest bodies, as repetitive metrics shrink three hundredfold.
 */
public enum Encoding {
    NONE,
    GZIP,
    ZSTD,
    /** One block, without framing: what remote write means by snappy. */
    SNAPPY;

    /** 8 MiB: a frame may ask for no more memory than the largest body has. */
    private static final int ZSTD_WINDOW_LOG = 23;

    /** Empty where it is none of ours; several encodings on top of one another are none of ours. */
    public static Optional<Encoding> of(List<String> headers, Set<Encoding> allowed) {
        Optional<Encoding> encoding =
                headers.size() > 1 ? Optional.empty() : of(headers.isEmpty() ? "" : headers.getFirst());
        return encoding.filter(allowed::contains);
    }

    private static Optional<Encoding> of(String header) {
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(NONE);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "zstd" -> Optional.of(ZSTD);
            case "snappy" -> Optional.of(SNAPPY);
            default -> Optional.empty();
        };
    }

    /** A body in memory; the array may be longer. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Body(byte[] bytes, int length) {}

    /**
     * @param limit most bytes that may come out
     * @param buffers what comes out may be one of these
     */
    Body unpack(Body packed, int limit, InFlight.Share share, Buffers buffers) throws UndecodableException {
        if (this == NONE) {
            if (packed.length() > limit) {
                throw tooLarge(limit);
            }
            return packed;
        }
        if (this == SNAPPY) {
            return unpackSnappy(packed, limit, share, buffers);
        }
        try (InputStream in = open(new ByteArrayInputStream(packed.bytes(), 0, packed.length()))) {
            return readAll(in, packed.length(), limit, share);
        } catch (IOException e) {
            throw new UndecodableException(ErrorCode.MALFORMED, "the body is not " + name().toLowerCase(Locale.ROOT));
        }
    }

    private InputStream open(InputStream packed) throws IOException {
        return switch (this) {
            case NONE, SNAPPY -> packed;
            case GZIP -> new GZIPInputStream(packed, 8192);
            case ZSTD -> new ZstdInputStreamNoFinalizer(packed).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    /** The size stands in front, so nothing is set aside for what is too large. */
    private static Body unpackSnappy(Body packed, int limit, InFlight.Share share, Buffers buffers)
            throws UndecodableException {
        try {
            int size = Snappy.uncompressedLength(packed.bytes(), 0, packed.length());
            if (size > limit || size < 0) { // beyond 2 GiB it is negative
                throw tooLarge(limit);
            }
            take(share, size);
            byte[] out = buffers.take(size);
            return new Body(out, Snappy.uncompress(packed.bytes(), 0, packed.length(), out, 0));
        } catch (IOException | SnappyError e) {
            throw new UndecodableException(ErrorCode.MALFORMED, "the body is not a snappy block");
        }
    }

    private static UndecodableException tooLarge(int limit) {
        return new UndecodableException(ErrorCode.BODY_TOO_LARGE, "more than " + limit + " bytes when decompressed");
    }

    private static Body readAll(InputStream in, int packed, int limit, InFlight.Share share)
            throws IOException, UndecodableException {
        // one byte more than allowed, so that reaching it tells
        long most = limit + 1L;
        byte[] out = new byte[(int) Math.min(most, Math.max(4096L, packed * 8L))];
        take(share, out.length);
        int size = 0;
        int read;
        while ((read = in.read(out, size, out.length - size)) >= 0) {
            size += read;
            if (size == most) {
                throw tooLarge(limit);
            }
            if (size == out.length) {
                int larger = (int) Math.min(most, out.length * 2L);
                take(share, larger - out.length);
                out = Arrays.copyOf(out, larger);
            }
        }
        return new Body(out, size);
    }

    private static void take(InFlight.Share share, int bytes) throws UndecodableException {
        if (!share.take(bytes)) {
            throw new UndecodableException(ErrorCode.OVERLOADED, "too many bytes are in flight");
        }
    }
}
