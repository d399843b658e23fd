package io.peerscope.benchmarks.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection that is kept open, on which one request follows the answer to the one before. Understands just the
 * HTTP/1.1 that is needed: answers with a Content-Length, or 204 without. Not thread-safe.
 */
public final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int NO_CONTENT = 204;
    private static final int NOWHERE = -1;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "\"accepted\":".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private byte[] answer = new byte[4096];

    /**
     * @param status of HTTP
     * @param accepted samples, as the server counts them; 0 where it took none
     */
    public record Reply(int status, int accepted) {
        /** It took the request, and does not say more. */
        public static final int NOT_SAID = -1;
    }

    private Wire(Socket socket) {
        this.socket = socket;
    }

    public static Wire open(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
        return new Wire(socket);
    }

    /** Sends a whole request, head and body, and waits for its answer. After an exception the connection is of no use. */
    public Reply exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int read = 0;
        int bodyAt = -1;
        int end = Integer.MAX_VALUE;
        while (read < end) {
            if (read == answer.length) {
                answer = Arrays.copyOf(answer, 2 * read);
            }
            int more = socket.getInputStream().read(answer, read, answer.length - read);
            if (more < 0) {
                throw new EOFException("the server hung up");
            }
            read += more;
            if (bodyAt < 0) {
                bodyAt = endOfHead(answer, read);
                if (bodyAt > 0) {
                    end = bodyAt + bodyLength(bodyAt);
                }
            }
        }
        return new Reply(status(), status() / 100 == 2 ? accepted(bodyAt, end) : 0);
    }

    private int accepted(int bodyAt, int end) {
        int at = after(answer, bodyAt, end, ACCEPTED);
        return at == NOWHERE ? Reply.NOT_SAID : number(answer, at);
    }

    private int status() {
        return number(answer, "HTTP/1.1 ".length());
    }

    private int bodyLength(int bodyAt) throws IOException {
        if (status() == NO_CONTENT) {
            return 0;
        }
        int at = after(answer, 0, bodyAt, LENGTH);
        if (at == NOWHERE) {
            throw new IOException("an answer without Content-Length");
        }
        return number(answer, at);
    }

    private static int endOfHead(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int after(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && lower(bytes[i + same]) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i + same;
            }
        }
        return NOWHERE;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    private static int number(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] == ' ') {
            i++;
        }
        int value = 0;
        for (; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed all the same
        }
    }
}
