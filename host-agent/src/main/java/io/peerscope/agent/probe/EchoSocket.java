package io.peerscope.agent.probe;

import io.peerscope.agent.report.Point;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The socket of the probes and the one thread that asks, listens and, where it is wanted, answers. One socket for both:
 * two hosts that probe one another keep the way open through address translators between them.
 */
public final class EchoSocket implements AutoCloseable {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final DatagramSocket socket;
    private final EchoCodec codec;
    private final Optional<Responder> responder;
    private final Prober prober;
    private final LongSupplier nanos;
    private final PeerBook.Complaints complaints;
    private final Thread thread;

    /**
     * @param listen where questions are answered, or empty: then any port will do, and none is answered
     * @param answersPerSecond to one address
     * @param secret shared by all who probe one another, or nothing
     * @param complaints hears what failed and is gone on after
     * @throws IOException saying what to do about it
     */
    public EchoSocket(
            Optional<InetSocketAddress> listen,
            int answersPerSecond,
            byte[] secret,
            ProbeTiming timing,
            RandomGenerator random,
            LongSupplier nanos,
            PeerBook.Complaints complaints)
            throws IOException {
        this.socket = open(listen);
        this.codec = new EchoCodec(secret);
        this.responder = listen.map(address -> new Responder(codec, new SourceRates(answersPerSecond)));
        this.prober = new Prober(timing, random);
        this.nanos = nanos;
        this.complaints = complaints;
        this.thread = Thread.ofPlatform().name("echo").daemon().unstarted(this::run);
    }

    private static DatagramSocket open(Optional<InetSocketAddress> listen) throws IOException {
        try {
            return new DatagramSocket(listen.orElseGet(() -> new InetSocketAddress(0)));
        } catch (SocketException e) {
            throw new IOException(
                    "probes cannot use UDP %s (%s); end what uses that port, or let probes.listen name another"
                            .formatted(listen.map(InetSocketAddress::toString).orElse("at all"), e.getMessage()),
                    e);
        }
    }

    public void start() {
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Who is probed from now on; empty addresses are those of peers whose names are not known just now. */
    public void probe(Map<Peer, Optional<InetSocketAddress>> peers) {
        prober.probe(peers, nanos.getAsLong());
    }

    /** What is known of each peer now. */
    public List<Point> points() {
        return prober.points(nanos.getAsLong());
    }

    @Override
    public void close() {
        socket.close();
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[EchoCodec.SIZE + 1], EchoCodec.SIZE + 1);
        while (!socket.isClosed()) {
            try {
                prober.ask(nanos.getAsLong(), (question, to) -> send(codec.encode(question), to));
                socket.setSoTimeout((int) Math.max(1, prober.untilDue(nanos.getAsLong()) / 1_000_000));
                packet.setLength(EchoCodec.SIZE + 1);
                socket.receive(packet);
                long now = nanos.getAsLong();
                codec.decode(packet.getData(), packet.getLength()).ifPresent(echo -> heard(echo, packet, now));
            } catch (SocketTimeoutException e) {
                // Somebody is due.
            } catch (IOException e) {
                // Closed, or a peer's machine said that nobody listens there: the probe is lost, as it will show.
            } catch (RuntimeException e) {
                // Also what nobody foresaw must not end the thread, and with it all probes.
                complaints.complain("a probe failed (%s), which is worth a bug report; probing on".formatted(e));
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void heard(Echo echo, DatagramPacket packet, long now) {
        switch (echo.kind()) {
            case ANSWER -> prober.heard(echo, now);
            case QUESTION ->
                responder
                        .flatMap(answering -> answering.answer(echo, packet.getAddress(), now))
                        .ifPresent(
                                answer -> send(answer, new InetSocketAddress(packet.getAddress(), packet.getPort())));
        }
    }

    private void send(byte[] datagram, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException | IllegalArgumentException e) {
            // No way there just now, or an address of a family that this machine does not speak: lost, as it will show.
        }
    }
}
