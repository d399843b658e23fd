package io.peerscope.testkit.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server at {@code localhost} that shows a certificate and counts who trusts it. To a client of PostgreSQL, which asks
 * in clear first, it says yes. It has nothing else to say and closes at the first byte that it is told.
 */
public final class TlsServer implements AutoCloseable {
    private final Path authority;
    private final ServerSocket server;
    private final SSLContext context;
    private final AtomicInteger trusted = new AtomicInteger();
    private final AtomicInteger mistrusted = new AtomicInteger();

    private TlsServer(Path authority, ServerSocket server, SSLContext context) {
        this.authority = authority;
        this.server = server;
        this.context = context;
    }

    /** @param name which the certificate is made out to; it signs itself */
    public static TlsServer named(String name, Path folder) throws IOException, GeneralSecurityException {
        SelfSigned certificate = SelfSigned.named(name, folder);
        TlsServer started = new TlsServer(
                certificate.authority(),
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                certificate.context());
        Thread.ofVirtual().start(started::run);
        return started;
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> meet(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void meet(Socket client) {
        try (client;
                SSLSocket secure = secured(client)) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            // Some look at the name only after the handshake, as the driver of PostgreSQL does.
            (secure.getInputStream().read() < 0 ? mistrusted : trusted).incrementAndGet();
        } catch (IOException e) {
            mistrusted.incrementAndGet();
        }
    }

    private SSLSocket secured(Socket client) throws IOException {
        byte[] first = client.getInputStream().readNBytes(1);
        if (first.length == 1 && first[0] == 0) { // the length of PostgreSQL's request for TLS, 8
            client.getInputStream().readNBytes(7);
            client.getOutputStream().write('S');
            client.getOutputStream().flush();
            first = new byte[0];
        }
        return (SSLSocket) context.getSocketFactory().createSocket(client, new ByteArrayInputStream(first), true);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** PEM file with the certificate, for who shall trust it. */
    public Path authority() {
        return authority;
    }

    /** How many clients told it something behind the handshake. */
    public int trusted() {
        return trusted.get();
    }

    /** How many hung up before. */
    public int mistrusted() {
        return mistrusted.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
