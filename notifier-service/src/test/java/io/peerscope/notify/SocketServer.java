package io.peerscope.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody else's server, down to its bytes. Connections stay open until it closes them, or is closed. */
public final class SocketServer implements AutoCloseable {
    private final ServerSocket server;
    private final Conversation conversation;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** What it does with a connection, on a thread of its own. */
    @FunctionalInterface
    public interface Conversation {
        void with(Socket client) throws IOException;
    }

    public SocketServer(Conversation conversation) {
        this.conversation = conversation;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Is closed with this server, too. */
    public void keep(Socket connection) {
        open.add(connection);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                keep(client);
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try {
            conversation.with(client);
        } catch (IOException e) {
            // The client went away; that is its right.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
