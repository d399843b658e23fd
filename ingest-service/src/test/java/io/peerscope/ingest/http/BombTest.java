package io.peerscope.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.remotewrite.RemoteWriteProtocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

/** Bodies made to hurt. A second is generous; alone each takes a few milliseconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombTest {
    private static final int IN_FLIGHT = 64 << 20;
    private static final Duration SOON = Duration.ofSeconds(1);

    private Door door;
    private HttpClient client;

    @BeforeAll
    void open() {
        door = new Door(new FakeBatchLog(), HttpLimits.standard(), IN_FLIGHT);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    void close() {
        assertThat(door.inFlight.bytes()).isZero();
        client.close();
        door.close();
    }

    private static byte[] zerosPacked(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    /** A block that says it is so large; protobuf's varint goes first. */
    private static byte[] claiming(long size, byte[] rest) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        long left = size;
        while (left > 0x7f) {
            block.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        block.write((int) left);
        block.writeBytes(rest);
        return block.toByteArray();
    }

    static Stream<Arguments> packed() throws IOException {
        byte[] zeros = Snappy.compress(new byte[11 << 20]);
        byte[] full = Snappy.compress(new byte[9 << 20]);
        byte[] none = {};
        return Stream.of(
                of("snappy: more than the limit", "snappy", zeros, 413),
                of("snappy: says 4 GiB", "snappy", claiming((1L << 32) - 1, none), 413),
                of("snappy: says 2 GiB, has a byte", "snappy", claiming(1L << 31, new byte[1]), 413),
                of("snappy: a length without end", "snappy", new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, 400),
                of("snappy: says less than it has", "snappy", claiming(10, Arrays.copyOfRange(full, 4, 9000)), 400),
                of("snappy: says 9 MiB, has a byte", "snappy", claiming(9 << 20, new byte[1]), 400),
                of("snappy in snappy", "snappy", Snappy.compress(full), 400),
                of("snappy with frames", "snappy", framed(), 400),
                of("gzip, gzip", "gzip, gzip", none, 415),
                of("snappy, gzip", "snappy, gzip", none, 415),
                of("gzip, where snappy is spoken", "gzip", zerosPacked(100), 415),
                of("brotli", "br", none, 415));
    }

    private static byte[] framed() {
        return new byte[] {-1, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y', 1, 5, 0, 0, 0, 0, 0, 0, 1};
    }

    private HttpRequest.Builder write(byte[] body) {
        return HttpRequest.newBuilder(door.address(RemoteWriteProtocol.PATH))
                .header("Authorization", "Bearer fleet")
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packed")
    void isAnsweredSoon(String what, String encoding, byte[] body, int status) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response =
                client.send(write(body).header("Content-Encoding", encoding).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void encodingsInTwoHeadersAreTwoEncodings() throws Exception {
        HttpRequest request = door.request()
                .header("Authorization", "Bearer fleet")
                .header("Content-Encoding", "gzip")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zerosPacked(1)))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void withoutALengthTheLimitHoldsAsItComes() throws Exception {
        for (byte[] body : List.of(new byte[11 << 20], zerosPacked(11))) {
            HttpRequest.Builder request = door.request()
                    .header("Authorization", "Bearer fleet")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
            if (body.length < 1 << 20) {
                request.header("Content-Encoding", "gzip");
            }
            int status = client.sendAsync(request.build(), BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(closedWhileSending -> 413)
                    .join();
            assertThat(status).isEqualTo(413);
        }
    }

    /** 60 at once that would be 60 GiB, and 60 again: the heap after the second time is what it was after the first. */
    @Test
    void manyAtOnceStayWithinWhatMayBeInFlight() throws Exception {
        byte[] gigabyte = zerosPacked(1000);
        bomb(gigabyte);
        long before = used();
        bomb(gigabyte);
        assertThat(used() - before).as("bytes of heap").isLessThan(8 << 20);
    }

    private void bomb(byte[] body) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            HttpRequest request = door.request()
                    .header("Authorization", "Bearer fleet")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode));
        }
        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.join()).isIn(413, 503);
            assertThat(door.inFlight.bytes()).isLessThanOrEqualTo(IN_FLIGHT);
        }
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
