package io.peerscope.notify.http;

import io.peerscope.notify.SocketServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Somebody else's server, which does with each request what it is told to, and keeps what it answered well. */
final class ScriptedReceiver implements AutoCloseable {
    private final SocketServer server = new SocketServer(this::serve);
    private final Supplier<Reply> script;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /** What it does with a request that it has read. */
    enum Reply {
        OK("200 OK", ""),
        WAIT_SECONDS("429 Too Many Requests", "Retry-After: 7\r\n"),
        WAIT_UNTIL("429 Too Many Requests", "Retry-After: Sat, 21 Nov 2026 10:00:30 GMT\r\n"),
        WAIT_AS_DISCORD_SAYS("429 Too Many Requests", "{\"message\":\"slow\",\"retry_after\":6.5}"),
        ERROR("500 Oops", ""),
        REDIRECT("302 Found", "Location: /elsewhere\r\n"),
        HANG("", ""),
        DRIP("", ""),
        CLOSE("", "");

        private final String status;
        private final String extra;

        Reply(String status, String extra) {
            this.status = status;
            this.extra = extra;
        }

        private byte[] bytes() {
            boolean body = extra.startsWith("{");
            String head = "HTTP/1.1 " + status + "\r\n" + (body ? "" : extra) + "Content-Length: "
                    + (body ? extra.length() : 0) + "\r\nConnection: close\r\n\r\n" + (body ? extra : "");
            return head.getBytes(StandardCharsets.US_ASCII);
        }
    }

    ScriptedReceiver(Supplier<Reply> script) {
        this.script = script;
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/hook";
    }

    /** Head and body of every request that was answered with 200. */
    List<String> taken() {
        return taken;
    }

    private void serve(Socket connection) throws IOException {
        String request = read(new BufferedInputStream(connection.getInputStream()));
        Reply reply = script.get();
        switch (reply) {
            case OK -> {
                taken.add(request);
                connection.getOutputStream().write(reply.bytes());
                connection.close();
            }
            case WAIT_SECONDS, WAIT_UNTIL, WAIT_AS_DISCORD_SAYS, ERROR, REDIRECT -> {
                connection.getOutputStream().write(reply.bytes());
                connection.close();
            }
            case HANG -> {}
            case DRIP -> connection.getOutputStream().write("HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII));
            case CLOSE -> connection.close();
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed within the head");
            }
            head.append((char) next);
        }
        int length = head.toString()
                .toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
