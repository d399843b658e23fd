package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.peerscope.agent.report.Point;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EchoSocketTest {
    private static final ProbeTiming TIMING = new ProbeTiming(Duration.ofMillis(50), 20, Duration.ofMillis(500));
    private static final byte[] SECRET = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final Peer PEER = new Peer("peer", "127.0.0.1", 1, "direct");
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void two_agents_see_one_another() throws Exception {
        try (EchoSocket a = socket(Optional.of(ANY_PORT), SECRET);
                EchoSocket b = socket(Optional.of(ANY_PORT), SECRET);
                EchoSocket deaf = socket(Optional.empty(), SECRET);
                EchoSocket stranger = socket(Optional.empty(), new byte[0])) {
            probe(a, b.port());
            probe(b, a.port());
            probe(deaf, a.port());
            probe(stranger, a.port());
            for (EchoSocket socket : new EchoSocket[] {a, b, deaf, stranger}) {
                socket.start();
            }
            for (EchoSocket socket : new EchoSocket[] {a, b, deaf}) {
                Point point = await().until(() -> socket.points().getFirst(), seen -> seen.fields()
                        .containsKey("jitter_ms"));
                assertThat(point.fields().get("latency_ms")).isBetween(0.0, 500.0);
                assertThat(point.states()).containsEntry("connection_state", "connected");
            }
            await().until(() ->
                    "failed".equals(stranger.points().getFirst().states().get("connection_state")));
        }
    }

    @Test
    void a_peer_that_cannot_be_sent_anything_leaves_the_others_be() throws Exception {
        Peer strange = new Peer("strange", "strange.example", 9, "direct");
        try (EchoSocket answering = socket(Optional.of(ANY_PORT), SECRET);
                EchoSocket asking = socket(Optional.empty(), SECRET)) {
            asking.probe(Map.of(
                    strange,
                    Optional.of(InetSocketAddress.createUnresolved("strange.example", 9)),
                    PEER,
                    Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), answering.port()))));
            answering.start();
            asking.start();
            await().until(() -> asking.points().stream()
                    .map(point -> String.valueOf(point.states().get("connection_state")))
                    .sorted()
                    .toList()
                    .equals(List.of("connected", "failed")));
        }
    }

    @Test
    void what_nobody_foresaw_is_complained_of_and_probing_goes_on() throws Exception {
        AtomicBoolean once = new AtomicBoolean(true);
        List<String> complaints = new CopyOnWriteArrayList<>();
        LongSupplier nanos = () -> {
            if (Thread.currentThread().getName().equals("echo") && once.getAndSet(false)) {
                throw new IllegalStateException("a mistake of ours");
            }
            return System.nanoTime();
        };
        try (EchoSocket answering = socket(Optional.of(ANY_PORT), SECRET);
                EchoSocket asking =
                        new EchoSocket(Optional.empty(), 1000, SECRET, TIMING, new Random(), nanos, complaints::add)) {
            answering.start();
            probe(asking, answering.port());
            asking.start();
            await().until(() ->
                    "connected".equals(asking.points().getFirst().states().get("connection_state")));
        }
        assertThat(complaints).singleElement().asString().contains("a mistake of ours");
    }

    @Test
    void only_questions_are_answered_and_only_in_their_own_size() throws Exception {
        EchoCodec codec = new EchoCodec(new byte[0]);
        byte[] question = codec.encode(new Echo(Echo.Kind.QUESTION, 1, 2));
        byte[] answer = codec.encode(new Echo(Echo.Kind.ANSWER, 1, 2));
        try (EchoSocket responder = socket(Optional.of(ANY_PORT), new byte[0]);
                DatagramSocket client = new DatagramSocket(ANY_PORT)) {
            responder.start();
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), responder.port());
            client.send(new DatagramPacket(answer, answer.length, to));
            client.send(new DatagramPacket(question, 40, to));
            client.send(new DatagramPacket(new byte[1400], 1400, to));
            client.send(new DatagramPacket(question, question.length, to));
            DatagramPacket in = new DatagramPacket(new byte[2000], 2000);
            client.setSoTimeout(10_000);
            client.receive(in);
            assertThat(codec.decode(in.getData(), in.getLength())).contains(new Echo(Echo.Kind.ANSWER, 1, 2));
            client.setSoTimeout(100);
            assertThatThrownBy(() -> client.receive(in)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_taken_port_is_named() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(ANY_PORT)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            assertThatThrownBy(() -> socket(Optional.of(address), SECRET))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("probes.listen");
        }
    }

    private static EchoSocket socket(Optional<InetSocketAddress> listen, byte[] secret) throws IOException {
        return new EchoSocket(listen, 1000, secret, TIMING, new Random(), System::nanoTime, what -> {});
    }

    private static void probe(EchoSocket from, int port) {
        from.probe(Map.of(PEER, Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))));
    }
}
