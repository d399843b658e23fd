package io.peerscope.notify.email;

import io.peerscope.notify.SocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stands before a mail server, and does with each connection what it is told to. */
final class ScriptedMailServer implements AutoCloseable {
    private static final long DRIP_MILLIS = 50;

    private final SocketServer server = new SocketServer(this::serve);
    private final int behind;
    private final Supplier<Does> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();

    /** What it does with a connection. */
    enum Does {
        /** Lets it through to the server behind. */
        ACCEPT,
        TEMPORARY,
        PERMANENT,
        HANG,
        /** A greeting without an end, so that the connection is never idle. */
        DRIP,
        /** In the middle of the mail. */
        CLOSE,
        NO_STARTTLS
    }

    ScriptedMailServer(int behind, Supplier<Does> script) {
        this.behind = behind;
        this.script = script;
    }

    int port() {
        return server.port();
    }

    /** Lines that clients said to itself, not to the server behind. */
    List<String> heard() {
        return heard;
    }

    /** How many clients went away while it dripped. */
    int left() {
        return left.get();
    }

    private void serve(Socket client) throws IOException {
        switch (script.get()) {
            case ACCEPT -> pass(client);
            case TEMPORARY -> talk(client, "451 try later", "354 go on");
            case PERMANENT -> talk(client, "554 no", "354 go on");
            case HANG -> {}
            case DRIP -> drip(client);
            case CLOSE -> talk(client, "250 fine", "");
            case NO_STARTTLS -> talk(client, "250 fine", "354 go on");
        }
    }

    private void pass(Socket client) throws IOException {
        Socket real = new Socket(InetAddress.getLoopbackAddress(), behind);
        server.keep(real);
        Thread.ofVirtual().start(() -> copy(client, real));
        copy(real, client);
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side is gone, so the other goes too.
        }
    }

    private void talk(Socket client, String toMail, String toData) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 test");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.add(line);
            String reply = line.startsWith("MAIL") ? toMail : line.startsWith("DATA") ? toData : "250 fine";
            if (reply.isEmpty()) {
                client.close();
                return;
            }
            say(client, reply);
        }
    }

    /** A client that goes away ends the stream, or resets the connection under our write. */
    private void drip(Socket client) throws IOException {
        client.setSoTimeout((int) DRIP_MILLIS);
        try {
            while (dripAgain(client)) {}
        } finally {
            left.incrementAndGet();
        }
    }

    private static boolean dripAgain(Socket client) throws IOException {
        client.getOutputStream().write('2');
        try {
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true; // It is still there.
        }
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
