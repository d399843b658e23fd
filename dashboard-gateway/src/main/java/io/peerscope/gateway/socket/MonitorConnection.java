package io.peerscope.gateway.socket;

import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.conversation.CloseReason;
import io.peerscope.gateway.conversation.Conversation;
import io.peerscope.gateway.conversation.Limits;
import io.peerscope.gateway.live.Frame;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A conversation on its socket. Everything happens on the socket's event loop, except {@link #wake}, which anybody may
 * call. Writes only while the socket's own small queue has room, so what a client does not read stays in the conversation,
 * where it is bounded.
 */
final class MonitorConnection {
    /** Bytes that Vert.x may hold for one socket before we stop writing. */
    private static final int SOCKET_QUEUE = 64 << 10;

    /** How long a goodbye may take: who does not read never takes it, and his connection would stay for ever. */
    private static final long GOODBYE_MS = 3000;

    private final ServerWebSocket socket;
    private final Runnable cut;
    private final Context context;
    private final Conversation conversation;
    private final Principal principal;
    private final boolean packed;
    private final Limits limits;
    private final LongSupplier clock;
    private final AtomicBoolean awake = new AtomicBoolean();
    private int unansweredPings;
    private long blockedSince = Long.MAX_VALUE;
    private boolean writing;
    private boolean closing;

    /**
     * @param cut ends the connection below the socket, whatever is still to be written
     * @param packed whether the client takes large frames as gzip
     */
    MonitorConnection(
            ServerWebSocket socket,
            Runnable cut,
            Context context,
            Conversation conversation,
            Principal principal,
            boolean packed,
            Limits limits,
            LongSupplier clock) {
        this.socket = socket;
        this.cut = cut;
        this.context = context;
        this.conversation = conversation;
        this.principal = principal;
        this.packed = packed;
        this.limits = limits;
        this.clock = clock;
    }

    Principal principal() {
        return principal;
    }

    void open(Runnable whenClosed) {
        socket.setWriteQueueMaxSize(SOCKET_QUEUE);
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(bytes -> close(CloseReason.LIMIT_EXCEEDED));
        socket.pongHandler(pong -> unansweredPings = 0);
        socket.drainHandler(drained -> flush());
        // What breaks here ends this connection only; the close handler does the rest.
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(closed -> whenClosed.run());
        flush();
    }

    /** Looks soon whether there is something to send; many calls at once are one. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            context.runOnContext(now -> {
                awake.set(false);
                flush();
            });
        }
    }

    void ping() {
        context.runOnContext(now -> {
            if (closing) {
                return;
            }
            if (unansweredPings >= 2) {
                close(socket.writeQueueFull() ? CloseReason.NOT_READING : CloseReason.NO_PONG);
                return;
            }
            unansweredPings++;
            socket.writePing(Buffer.buffer());
        });
    }

    void end(CloseReason reason) {
        context.runOnContext(now -> close(reason));
    }

    private void received(String text) {
        if (closing) {
            return;
        }
        Optional<CloseReason> end = conversation.received(text, clock.getAsLong());
        if (end.isPresent()) {
            close(end.get());
        } else {
            flush();
        }
    }

    /** A write may find that the queue has drained, and call this again while a message is only half written. */
    private void flush() {
        if (writing || closing || socket.isClosed()) {
            return;
        }
        writing = true;
        try {
            write(clock.getAsLong());
        } finally {
            writing = false;
        }
    }

    private void write(long now) {
        while (!socket.writeQueueFull()) {
            blockedSince = Long.MAX_VALUE;
            Optional<Frame> frame = conversation.next(now);
            if (frame.isEmpty()) {
                return;
            }
            write(frame.get());
        }
        blockedSince = Math.min(blockedSince, now);
        if (conversation.overflows() || now - blockedSince > 2 * limits.pingIntervalMs()) {
            close(CloseReason.NOT_READING);
        }
    }

    private void write(Frame frame) {
        Optional<byte[]> gzip = packed ? frame.packed() : Optional.empty();
        if (gzip.isPresent()) {
            socket.writeBinaryMessage(Buffer.buffer(gzip.get()));
        } else {
            socket.writeTextMessage(frame.text());
        }
    }

    private void close(CloseReason reason) {
        if (!closing) {
            closing = true;
            socket.close(reason.code(), reason.text());
            context.owner().setTimer(GOODBYE_MS, late -> cut.run());
        }
    }
}
