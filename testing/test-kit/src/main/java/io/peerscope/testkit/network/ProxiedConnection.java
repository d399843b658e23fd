package io.peerscope.testkit.network;

import io.peerscope.testkit.network.Fault.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A client and a server who take what comes out of here for one another. */
final class ProxiedConnection {
    private static final int PIECE = 16 * 1024;

    private final Socket client;
    private final Socket server;
    private final Weather weather;
    private final BiConsumer<ProxiedConnection, Boolean> ended;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param ended told once, and whether bytes were cut off */
    ProxiedConnection(Socket client, Socket server, Weather weather, BiConsumer<ProxiedConnection, Boolean> ended) {
        this.client = client;
        this.server = server;
        this.weather = weather;
        this.ended = ended;
    }

    void run(Executor threads) {
        threads.execute(() -> pump(Direction.TO_SERVER, client, server));
        threads.execute(() -> pump(Direction.TO_CLIENT, server, client));
    }

    /** Both ends learn at once that it is over. */
    void reset() {
        end(true, false);
    }

    private void pump(Direction direction, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE];
            long passed = 0;
            boolean lost = false;
            int size;
            while ((size = in.read(piece)) >= 0) {
                switch (weather.awaitMoving()) {
                    case Fault.None none -> write(out, piece, size, lost);
                    case Fault.Stall stall -> throw new IllegalStateException("it was moving");
                    case Fault.Delay delay -> {
                        weather.pause(delay.by());
                        write(out, piece, size, lost);
                    }
                    case Fault.Rate rate -> {
                        write(out, piece, size, lost);
                        weather.pause(Duration.ofNanos(1_000_000_000L * size / rate.bytesPerSecond()));
                    }
                    case Fault.Reset reset -> {
                        reset();
                        return;
                    }
                    case Fault.HalfOpen halfOpen -> {
                        lost |= halfOpen.lost() == direction;
                        write(out, piece, size, lost);
                    }
                    case Fault.CutAfter cut -> {
                        long left = cut.direction() == direction ? cut.bytes() - passed : Long.MAX_VALUE;
                        write(out, piece, (int) Math.min(size, Math.max(0, left)), lost);
                        if (left <= size) {
                            // the end towards the server is an orderly one: what it was sent, it shall read
                            end(false, true);
                            return;
                        }
                    }
                }
                passed += size;
            }
            to.shutdownOutput();
        } catch (IOException e) {
            end(true, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(true, false);
        } finally {
            if (client.isOutputShutdown() && server.isOutputShutdown()) {
                end(false, false);
            }
        }
    }

    private static void write(OutputStream out, byte[] piece, int size, boolean lost) throws IOException {
        if (!lost) {
            out.write(piece, 0, size);
        }
    }

    private void end(boolean reset, boolean cut) {
        if (over.compareAndSet(false, true)) {
            close(client, reset || cut);
            close(server, reset);
            ended.accept(this, cut);
        }
    }

    private static void close(Socket socket, boolean reset) {
        try (socket) {
            if (reset && !socket.isClosed()) {
                socket.setSoLinger(true, 0); // makes the close a reset
            }
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
