package io.peerscope.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A POST to ingest whose body has come by half: in flight for as long as the other half is not sent. */
final class HalfSentBatch implements AutoCloseable {
    private static final String BODY = "{\"host\":\"in-flight\",\"points\":[{\"fields\":{\"cpu_usage\":12.5}}]}";

    private final Socket socket;

    private HalfSentBatch(Socket socket) {
        this.socket = socket;
    }

    static HalfSentBatch begin(URI ingest, String token) throws IOException {
        Socket socket = new Socket(ingest.getHost(), ingest.getPort());
        socket.setSoTimeout(20_000);
        HalfSentBatch batch = new HalfSentBatch(socket);
        batch.write("POST /api/v1/ingest HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                .formatted(ingest.getAuthority(), token));
        batch.write("Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(BODY.length()));
        batch.write(BODY.substring(0, BODY.length() / 2));
        return batch;
    }

    /** @return the status line of the answer */
    String finish() throws IOException {
        write(BODY.substring(BODY.length() / 2));
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        return Optional.ofNullable(answer.readLine()).orElse("closed without an answer");
    }

    private void write(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
