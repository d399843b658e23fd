package io.peerscope.ingest.http;

import static io.peerscope.ingest.http.Door.POINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two servers in a row may take apart in different places. Whatever a proxy before us made of them, nothing
 * that hides behind the first is taken for a request of its own: it is refused, or the connection ends.
 */
class SmugglingTest {
    private static final String HEAD = "POST " + NativeProtocol.PATH
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer fleet\r\nContent-Type: application/json\r\n";
    private static final String CHUNK = Integer.toHexString(POINT.length()) + "\r\n" + POINT + "\r\n0\r\n\r\n";
    private static final String HIDDEN =
            HEAD + "Connection: close\r\nContent-Length: " + POINT.length() + "\r\n\r\n" + POINT;

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door =
            new Door(log, new HttpLimits(10 << 20, Duration.ofMillis(700), Duration.ofMillis(700)), 64 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    static Stream<Arguments> requests() {
        int length = POINT.length();
        return Stream.of(
                Arguments.of("two lengths", "Content-Length: %d\r\nContent-Length: 4\r\n".formatted(length)),
                Arguments.of("a list of lengths", "Content-Length: %d, 4\r\n".formatted(length)),
                Arguments.of("a signed length", "Content-Length: +%d\r\n".formatted(length)),
                Arguments.of("a negative length", "Content-Length: -1\r\n"),
                Arguments.of("a length in hex", "Content-Length: 0x10\r\n"),
                Arguments.of("a space before the colon", "Content-Length : %d\r\n".formatted(length)),
                Arguments.of("an unknown coding", "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n"),
                Arguments.of("chunked is not the last", "Transfer-Encoding: chunked, identity\r\n"),
                Arguments.of("two codings, in order", "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n"),
                Arguments.of("two codings", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
                Arguments.of("a tab in the name", "Transfer\tEncoding: chunked\r\nContent-Length: 4\r\n"),
                Arguments.of("no name", ": chunked\r\nContent-Length: 4\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void what_hides_behind_is_never_a_request(String name, String lengths) throws IOException {
        String said = said(HEAD + lengths + "\r\n" + (lengths.contains("hunked") ? CHUNK : POINT) + HIDDEN);

        assertThat(said).startsWith("HTTP/1.1 400");
        assertThat(log.appended).isEmpty();
    }

    /** The standard's reading of both headers. A proxy that reads otherwise breaks it, and we cannot see that it did. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                "Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n"
            })
    void chunked_outweighs_a_length(String lengths) throws IOException {
        assertThat(said(HEAD + lengths + "\r\n" + CHUNK + HIDDEN).split("HTTP/1.1 200", -1))
                .hasSize(3);
    }

    @Test
    void a_thousand_headers_are_too_many() throws IOException {
        StringBuilder head = new StringBuilder(HEAD);
        for (int i = 0; i < 1000; i++) {
            head.append("X-").append(i).append(": a header like another one\r\n");
        }

        assertThat(said(head + "Content-Length: " + POINT.length() + "\r\n\r\n" + POINT))
                .containsPattern("^HTTP/1.1 4(00|31)");
        assertThat(log.appended).isEmpty();
    }

    /** Until it hangs up. */
    private String said(String request) throws IOException {
        StringBuilder said = new StringBuilder();
        try (Socket socket = door.raw(request)) {
            byte[] part = new byte[4096];
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                said.append(new String(part, 0, read, StandardCharsets.UTF_8));
            }
        } catch (SocketException e) {
            return said.toString(); // hung up while we still spoke
        }
        return said.toString();
    }
}
