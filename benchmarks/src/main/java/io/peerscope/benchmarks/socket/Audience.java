package io.peerscope.benchmarks.socket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Many open pages: each a WebSocket of its own with what a page is sent at first. */
public final class Audience implements AutoCloseable {
    /** Connecting at once; a crowd that arrives in one moment is another question. */
    private static final int TOGETHER = 100;

    private static final long PATIENCE_SECONDS = 60;
    /** What one that stops reading has not read is the server's, not its own kernel's. */
    private static final int RECEIVE_BUFFER = 8 << 10;

    private final Vertx vertx = Vertx.vertx();
    private final List<ClientWebSocket> sockets = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();

    private Audience() {}

    /** Returns when all are connected. */
    public static Audience open(URI server, String token, int count, Heard heard) throws InterruptedException {
        Audience audience = new Audience();
        WebSocketClient client = audience.vertx.createWebSocketClient(new WebSocketClientOptions()
                .setReceiveBufferSize(RECEIVE_BUFFER)
                .setMaxConnections(count));
        WebSocketConnectOptions monitor = new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI("/monitor")
                .setAllowOriginHeader(false)
                .addSubProtocol("bearer")
                .addSubProtocol(token);
        for (int done = 0; done < count; done += TOGETHER) {
            List<Future<?>> connecting = new ArrayList<>();
            for (int i = done; i < Math.min(count, done + TOGETHER); i++) {
                connecting.add(audience.connect(client.webSocket(), monitor, heard));
            }
            await(Future.all(connecting));
        }
        return audience;
    }

    private Future<?> connect(ClientWebSocket socket, WebSocketConnectOptions monitor, Heard heard) {
        socket.textMessageHandler(heard::frame);
        // the close handler does the rest
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(closed -> left.incrementAndGet());
        sockets.add(socket);
        return socket.connect(monitor);
    }

    /** From now on what comes stays in the kernel, then at the sender. */
    public void stopReading() {
        sockets.forEach(ClientWebSocket::pause);
    }

    /** How many the server has closed, as far as they look. */
    public int left() {
        return left.get();
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("not everybody could connect", e);
        }
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
