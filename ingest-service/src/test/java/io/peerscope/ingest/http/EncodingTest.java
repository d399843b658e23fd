package io.peerscope.ingest.http;

import static io.peerscope.ingest.http.Door.POINT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncodingTest {
    private Door door;

    @BeforeAll
    void open() {
        door = new Door(new FakeBatchLog(), HttpLimits.standard(), 64 << 20);
    }

    @AfterAll
    void close() {
        assertThat(door.inFlight.bytes()).isZero();
        assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        door.close();
    }

    private static byte[] gzip(byte[] plain, long times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (long i = 0; i < times; i++) {
                out.write(plain);
            }
        }
        return packed.toByteArray();
    }

    /** A frame that asks for 128 MiB of window. */
    private static byte[] wideWindow() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
            out.setLong(27);
            out.write(POINT.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    /** Repeats itself as metrics do, and hardly shrinks: numbers of a simple generator. */
    private static byte[] honest(int points) {
        StringBuilder json = new StringBuilder(POINT.replace("]}", ""));
        long state = 1;
        for (int i = 0; i < points; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            json.append(",{\"timestamp\":").append(1_763_687_000_000L - i);
            json.append(",\"fields\":{\"a\":").append(state >>> 20).append("}}");
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    static Stream<Arguments> bodies() throws IOException {
        byte[] point = POINT.getBytes(UTF_8);
        byte[] zeros = new byte[1 << 20];
        byte[] large = honest(9000);
        byte[] gzipped = gzip(point, 1);
        byte[] bomb = gzip(zeros, 1000);
        byte[] roomy = (POINT + " ".repeat(9 << 20)).getBytes(UTF_8);
        return Stream.of(
                of("gzip", "gzip", gzipped, 200),
                of("x-gzip in capitals", "X-GZIP", gzipped, 200),
                of("zstd", "zstd", Zstd.compress(point), 200),
                of("a large batch by gzip", "gzip", gzip(large, 1), 200),
                of("a large batch by zstd", "zstd", Zstd.compress(large), 200),
                of(
                        "gzip in two members",
                        "gzip",
                        concat(
                                gzip(POINT.substring(0, 20).getBytes(UTF_8), 1),
                                gzip(POINT.substring(20).getBytes(UTF_8), 1)),
                        200),
                of("a gigabyte in a megabyte", "gzip", bomb, 413),
                of(
                        "11 MiB of blanks by zstd",
                        "zstd",
                        Zstd.compress(" ".repeat(11 << 20).getBytes(UTF_8)),
                        413),
                of("below the limit and a thousand times its size", "gzip", gzip(roomy, 1), 200),
                of("a bomb in a bomb", "gzip", gzip(bomb, 1), 400),
                of("a window of 128 MiB", "zstd", wideWindow(), 400),
                of("no gzip", "gzip", point, 400),
                of("no zstd", "zstd", point, 400),
                of("nothing as gzip", "gzip", new byte[0], 400),
                of("half of gzip", "gzip", Arrays.copyOf(gzipped, gzipped.length / 2), 400),
                of("half of zstd", "zstd", Arrays.copyOf(Zstd.compress(large), 2000), 400),
                of("gzip with a wrong sum", "gzip", damaged(gzipped), 400));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] damaged(byte[] gzipped) {
        byte[] damaged = gzipped.clone();
        damaged[damaged.length - 6] ^= 1;
        return damaged;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void bodiesAreUnpackedWithinLimits(String what, String encoding, byte[] body, int status) throws Exception {
        Response response = door.post(
                BodyPublishers.ofByteArray(body), "Authorization", "Bearer fleet", "Content-Encoding", encoding);

        assertThat(response.status()).as("%s", response.json()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(status == 413 ? "body_too_large" : status == 400 ? "malformed" : "");
    }
}
