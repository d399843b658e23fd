package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.Group;
import io.peerscope.agent.config.AgentConfig;
import io.peerscope.agent.config.ProbeConfig;
import io.peerscope.agent.probe.EchoSocket;
import io.peerscope.agent.probe.PeerBook;
import io.peerscope.agent.report.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The echo socket, where it is wanted, and the thread that looks peers up. */
final class Probing implements AutoCloseable {
    private static final long LOOK_UP_SECONDS = 30;

    private final @Nullable EchoSocket socket;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Probing(@Nullable EchoSocket socket) {
        this.socket = socket;
    }

    /** @throws IOException saying what to do about it */
    static Probing start(AgentConfig config, ProbeConfig probes, AgentLog log) throws IOException {
        if (!config.selection().has(Group.PROBES) || !probes.wanted()) {
            return new Probing(null);
        }
        EchoSocket socket = new EchoSocket(
                probes.listen(),
                probes.answersPerSecond(),
                secret(probes.secretFile()),
                probes.timing(),
                new SecureRandom(),
                System::nanoTime,
                log::complain);
        Probing probing = new Probing(socket);
        PeerBook book = new PeerBook(config.host(), probes.peers(), probes.peersFile(), log::complain);
        socket.start();
        Thread.ofPlatform().name("peer-names").daemon().start(() -> probing.lookUp(book, socket, log));
        return probing;
    }

    private static byte[] secret(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return new byte[0];
        }
        try {
            byte[] secret = Files.readString(file.get()).strip().getBytes(StandardCharsets.UTF_8);
            if (secret.length < 16) {
                throw new IOException("it holds fewer than 16 bytes");
            }
            return secret;
        } catch (IOException e) {
            throw new IOException(
                    "the probes' secret cannot be had from %s (%s); write at least 16 random bytes as text there, the same on all hosts"
                            .formatted(file.get(), e.getMessage()),
                    e);
        }
    }

    private void lookUp(PeerBook book, EchoSocket socket, AgentLog log) {
        try {
            do {
                try {
                    socket.probe(book.look());
                } catch (RuntimeException e) {
                    // Also what nobody foresaw must not end the thread: addresses change.
                    log.complain("peers cannot be looked up (%s), which is worth a bug report; probing those of before"
                            .formatted(e));
                }
            } while (!closed.await(LOOK_UP_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<Point> points() {
        return socket == null ? List.of() : socket.points();
    }

    @Override
    public void close() {
        closed.countDown();
        if (socket != null) {
            socket.close();
        }
    }
}
